"""Text as lz-string compresses it to UTF-16, which is how the Participatory System Mapper saves its files.

Each character, less 32, holds 15 bits; the bits are an LZ78 code whose words grow by one bit whenever they run out.
"""

from __future__ import annotations

from typing import Final

OFFSET: Final = 32
BITS: Final = 15
LONGEST_PACKED: Final = 3_000_000
"""A map is no longer than so many characters, compressed."""

LONGEST: Final = 20_000_000
"""A map is no longer than so many characters: what is beyond it is no map."""

CHARACTER, WIDE, END = 0, 1, 2
"""The words that say that a character of 8 or 16 bits follows, and that nothing does."""


class NotCompressedError(ValueError):
    """The text is no text that was compressed so."""


class _Bits:
    """The bits of a text, the first of each number being its smallest."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST_PACKED:
            raise NotCompressedError(f"it has more than {LONGEST_PACKED:,} characters")
        self.bits = "".join([f"{ord(sign) - OFFSET & 2**BITS - 1:0{BITS}b}" for sign in text])
        self.at = 0

    def take(self, size: int) -> int:
        """The number in the next so many bits."""
        taken = self.bits[self.at : self.at + size]
        if len(taken) < size:
            raise NotCompressedError("it ends too early")
        self.at += size
        return int(taken[::-1], 2)


def decompressed(text: str) -> str:
    """The text that was compressed.

    Raises
    ------
    NotCompressedError
        It is no such text.
    """
    bits = _Bits(text)
    parts = list(_parts(bits))
    # Characters beyond the first 65,536 come in two halves.
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _parts(bits: _Bits) -> list[str]:
    words: list[str] = ["", "", ""]
    before = _character(bits, bits.take(2))
    if before is None:
        return []
    words.append(before)
    parts, length, size, room = [before], len(before), 3, 4
    while True:
        word = bits.take(size)
        if word == END:
            return parts
        if word in (CHARACTER, WIDE):
            words.append(_character(bits, word) or "")
            word = len(words) - 1
            room -= 1
            size, room = _grown(size, room)
        part = _looked_up(words, word, before)
        parts.append(part)
        length += len(part)
        if length > LONGEST:
            raise NotCompressedError("it grows beyond measure")
        words.append(before + part[0])
        before = part
        room -= 1
        size, room = _grown(size, room)


def _character(bits: _Bits, word: int) -> str | None:
    """The character that follows; none where the text ends."""
    if word == END:
        return None
    if word not in (CHARACTER, WIDE):
        raise NotCompressedError("it does not begin with a character")
    return chr(bits.take(8 if word == CHARACTER else 16))


def _grown(size: int, room: int) -> tuple[int, int]:
    """How many bits a word has now, and how many words more until it has another."""
    return (size, room) if room else (size + 1, 1 << size)


def _looked_up(words: list[str], word: int, before: str) -> str:
    if word < len(words):
        return words[word]
    if word == len(words):
        return before + before[0]
    raise NotCompressedError("it names a word that is not there")
