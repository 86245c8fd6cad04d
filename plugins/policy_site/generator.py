"""A Pelican generator that writes the pages and files of an edition."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.generators import Generator

from policy_tools.edition.output import OutputPage
from policy_tools.load.site import site_from_settings
from policy_tools.model.problem import has_errors
from policy_tools.pipeline.prepare import Prepared, prepare_edition
from policy_tools.release.output_folder import OutputFolder
from policy_tools.store import Store, digest_of


class BuildStoppedError(Exception):
    """The content has problems; the message lists them all. Nothing was written."""

    exitcode = 1


def prepare_generators(pelican: Pelican) -> type[Generator]:
    """Prepare the edition, unless the caller has, and name the generator that writes it."""
    settings = pelican.settings
    prepared: Prepared = settings.get("POLICY_PREPARED") or _prepare(settings, pelican.output_path)
    settings["POLICY_EDITION"] = prepared
    if prepared.edition is None or has_errors(prepared.edition.problems):
        listing = "\n".join(str(problem) for problem in prepared.problems)
        raise BuildStoppedError(f"the content has problems, and nothing was written.\n{listing}")
    return EditionGenerator


def _prepare(settings: dict[str, Any], output: str) -> Prepared:
    """As `policy build` does. The store stays open, since pages fetch their text when they are written."""
    site = site_from_settings({**settings, "OUTPUT_PATH": output}, Path(settings["PATH"]).resolve().parent)
    if "POLICY_STORE" not in settings:
        settings["POLICY_STORE"] = Store(site.cache / "made.sqlite")
    store: Store = settings["POLICY_STORE"]
    now = settings.get("POLICY_NOW")
    return prepare_edition(site, store, now=datetime.fromisoformat(now) if now else datetime.now(UTC))


class EditionGenerator(Generator):  # type: ignore[misc]
    """Renders each page view with its template and puts every file where it belongs."""

    def generate_output(self, writer: object) -> None:
        """Write what changed since the last time, and remove what is no longer published."""
        del writer  # pages have an explicit context of their own, and are written whole or not at all
        prepared: Prepared = self.settings["POLICY_EDITION"]
        edition = prepared.edition
        if edition is None:
            raise BuildStoppedError("There is no edition to write.")
        opened: OutputFolder | None = self.settings.get("POLICY_OUTPUT")
        folder = OutputFolder(Path(self.output_path), prepared.site.cache) if opened is None else opened
        overrides = _digest_overrides(self.settings["THEME_TEMPLATES_OVERRIDES"])
        for page in edition.pages:
            folder.keep_or_write(page.address, overrides + page.digest, partial(self._render, page))
        for file in edition.files:
            folder.keep_or_write(file.address, file.digest, file.read)
        folder.finish()

    def _render(self, page: OutputPage) -> bytes:
        rendered: str = self.env.get_template(page.template).render(page.load())
        return rendered.encode()


def _digest_overrides(folders: list[str]) -> str:
    """The site's own templates, if any; those of the theme are in each page's digest already."""
    files = sorted(path for folder in folders for path in Path(folder).rglob("*.html"))
    return digest_of(*(path.read_bytes() for path in files)) if files else ""
