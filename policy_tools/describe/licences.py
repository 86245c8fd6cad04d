"""How is a licence called by people, and where does its text stand, by its SPDX name?"""

from types import MappingProxyType

LICENCE_ADDRESSES = MappingProxyType(
    {
        "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
        "CC-BY-NC-ND-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
        "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
        "CC-BY-ND-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
        "OGL-UK-3.0": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    }
)


def format_licence(name: str) -> str:
    """A licence by its SPDX name as people call it: "CC BY 4.0"; other words stand as they are."""
    if not name.startswith("CC"):
        return name
    mark, _, version = name.rpartition("-")
    return f"{mark if mark == 'CC0' else mark.replace('-', ' ', 1)} {version}".strip()
