"""Can everybody read the pictures?"""

import re
from collections.abc import Iterator

from policy_tools.load.checking.report import report, warn
from policy_tools.model.paper import Paper
from policy_tools.model.problem import Problem

_REMOTE = re.compile(r"(?!file:)(?:[A-Za-z][A-Za-z0-9+.-]+:)?//", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)
_PICTURE_OF = re.compile(r"(?:an? )?(?:image|picture|photo(?:graph)?|graphic) of\b", re.IGNORECASE)


def check_alternative_texts(paper: Paper) -> Iterator[Problem]:
    """Pictures that say nothing to someone who cannot see them."""
    for image in paper.body.links:
        if not image.is_image:
            continue
        if not image.text.strip():
            yield report(
                paper,
                image.position,
                "image.missing-alt",
                f'The picture "{image.target}" has no alternative text.',
                'Say in words what it shows: ![Caption.](file){alt="Growth fell from 3 to 1 per cent."}',
            )
        elif image.is_figure and image.text == image.caption:
            yield warn(
                paper,
                image.position,
                "image.alt-is-caption",
                f'The only alternative text of "{image.target}" is its caption.',
                'Add {alt="…"} after it and say what the picture shows.',
            )
        elif _FILE_NAME.fullmatch(image.text.strip()) or _PICTURE_OF.match(image.text):
            yield warn(
                paper,
                image.position,
                "image.poor-alt",
                f'The alternative text "{image.text[:60]}" does not say what the picture shows.',
                "Say what a reader is to learn from it.",
            )


def check_remote_images(paper: Paper) -> Iterator[Problem]:
    """Pictures on other hosts, which are never fetched."""
    for image in paper.body.links:
        if image.is_image and _REMOTE.match(image.target):
            yield report(
                paper,
                image.position,
                "image.remote",
                "This picture is on another host, and is not fetched.",
                "Put the file into the paper's folder, if you may publish it, and name it from there.",
            )
