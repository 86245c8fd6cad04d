"""What does the right-hand side of a field say: pieces in braces, in quotes, bare, joined by #?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_BARE = re.compile(r"[^\s{}\"#,=]+")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value in its pieces.

    `stray` is the place of the first character that belongs to no piece (before it a comma is missing), or
    -1 when there is none.
    """

    pieces: tuple[str, ...]
    are_macros: tuple[bool, ...]
    stray: int = -1

    @property
    def macros(self) -> tuple[str, ...]:
        """The @string names used, in lower case."""
        if True not in self.are_macros:
            return ()
        pairs = zip(self.pieces, self.are_macros, strict=True)
        return tuple(piece.lower() for piece, is_macro in pairs if is_macro)

    def text(self, strings: Mapping[str, str]) -> str:
        """The value with its @string names replaced."""
        pairs = zip(self.pieces, self.are_macros, strict=True)
        return "".join(strings.get(piece.lower(), piece) if is_macro else piece for piece, is_macro in pairs)


def parse_value(raw: str) -> Value:
    """Read what stands after the = of a field."""
    if raw[:1] == "{" and raw.find("}") == len(raw) - 1 and raw.find("{", 1) == -1:
        return Value((raw[1:-1].strip(),), (False,))
    pieces: list[str] = []
    are_macros: list[bool] = []
    offset = _after_space(raw, 0)
    while offset < len(raw):
        end = _end_of_piece(raw, offset)
        if end is None:
            return Value(tuple(pieces), tuple(are_macros), offset)
        piece = raw[offset:end]
        enclosed = piece[0] in '{"'
        pieces.append(
            piece[1:-1].strip() if enclosed and len(pieces) == 0 else piece[1:-1] if enclosed else piece
        )
        are_macros.append(not enclosed and not piece.isdigit())
        offset = _after_space(raw, end)
        if offset < len(raw) and raw[offset] != "#":
            return Value(tuple(pieces), tuple(are_macros), offset)
        offset = _after_space(raw, offset + 1)
    return Value(tuple(pieces), tuple(are_macros))


def _after_space(raw: str, offset: int) -> int:
    match = _SPACE.match(raw, offset)
    return match.end() if match else offset


def _end_of_piece(raw: str, offset: int) -> int | None:
    if raw[offset] == "{":
        return _end_of_group(raw, offset, "}")
    if raw[offset] == '"':
        return _end_of_group(raw, offset, '"')
    match = _BARE.match(raw, offset)
    return match.end() if match else None


def _end_of_group(raw: str, offset: int, closing: str) -> int | None:
    depth = 0
    index = offset + 1
    while index < len(raw):
        character = raw[index]
        if character == "\\":
            index += 2
            continue
        if character == closing and depth == 0:
            return index + 1
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        index += 1
    return None
