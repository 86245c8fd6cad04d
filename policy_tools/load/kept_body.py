"""How is a body kept that was read before, so that only what is asked for is taken out of its wrapping?

Of a thousand papers that are as they were, most bodies are never looked into: where each citation, heading
and note stands matters when a paper is read or rendered. What every build asks is at hand.
"""

import pickle
from dataclasses import fields
from typing import TypeAlias

from policy_tools.load.files import TextFile, decode
from policy_tools.model.body import Body

_AT_HAND = ("first_line", "links", "recommendations", "cited_keys")

PackedBody: TypeAlias = tuple[tuple[object, ...], int | str, bytes]
"""What is at hand, the text, and the rest as bytes.

The text is given by how many signs at the end of the file it is: most of a paper is its text, which is read
with the file in any case. A text that is not the file's is kept itself.
"""


class _KeptBody(Body):
    """A body whose fields are unpacked when one is asked for that is not at hand."""

    __slots__ = ("_packed",)
    _packed: tuple[int | str, bytes, TextFile]

    def __getattr__(self, name: str) -> object:
        if name not in _PACKED and name != "text":
            raise AttributeError(name)
        text, rest, file = self._packed
        for each, value in zip(_PACKED, pickle.loads(rest), strict=True):  # noqa: S301 - trusted like the code
            object.__setattr__(self, each, value)
        whole = decode(file) if isinstance(text, int) else text
        object.__setattr__(self, "text", whole[len(whole) - text :] if isinstance(text, int) else text)
        return getattr(self, name)


_PACKED = tuple(field.name for field in fields(Body) if field.name not in {"text", *_AT_HAND})


def pack_body(body: Body, written: str) -> PackedBody:
    """A body as it is kept; `written` is what stands below the front matter."""
    rest = pickle.dumps(tuple(getattr(body, name) for name in _PACKED), protocol=5)
    at_hand = tuple(getattr(body, name) for name in _AT_HAND)
    return at_hand, len(written) if body.text == written else body.text, rest


def unpack_body(packed: PackedBody, file: TextFile) -> Body:
    """The same body again, with the file that it was read from."""
    at_hand, text, rest = packed
    body = _KeptBody.__new__(_KeptBody)
    for name, value in zip(_AT_HAND, at_hand, strict=True):
        object.__setattr__(body, name, value)
    object.__setattr__(body, "_packed", (text, rest, file))
    return body
