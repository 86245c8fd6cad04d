"""The whole wiring between Pelican and the policy publishing system.

Pelican reads the settings, finds the theme and renders the templates; what there is to publish, and
whether it may be, is decided by `policy_tools` before Pelican writes anything.
"""

from pelican import signals

from policy_site.generator import EditionGenerator, prepare_generators


def register() -> None:
    """Connect to Pelican. `get_generators` comes on every run and is a place where an error stops it."""
    signals.get_generators.connect(prepare_generators)


__all__ = ["EditionGenerator", "register"]
