"""How does an address from the site's root, such as `/papers/nib/`, lead there from a page of any depth?"""

import re

_FROM_ROOT = re.compile(r'(href|src)="/(?!/)')


def lead_from(root: str, html: str) -> str:
    """The HTML with addresses from the root made relative by `root` ("../../"): it works in any folder."""
    if '="/' not in html:
        return html  # told at a fraction of the cost
    return _FROM_ROOT.sub(rf'\1="{root}', html)
