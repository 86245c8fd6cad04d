"""Who answers for what is published, as every colophon has it? What does a demonstration say of itself?"""

from policy_tools.model.programme import Institute
from policy_tools.model.site import Site

DEMONSTRATION = (
    "This is a demonstration. The think tank is invented, and nobody should act on what it publishes."
)


def list_publisher(institute: Institute | None, site: Site) -> list[tuple[str, str]]:
    """Label and value of each line; a value may be empty."""
    if institute is None:
        return [("Published by", site.name)]
    form = institute.legal_form.strip().rstrip(".")
    return [
        ("Published by", f"{institute.name}. {form}."),
        ("Charity number", institute.charity_number or ""),
        ("Company number", institute.company_number or ""),
        ("Address", ", ".join(institute.address)),
    ]
