"""Text as the Participatory System Mapper compresses it."""

from __future__ import annotations


class Writer:
    """Bits of lz-string, whose words grow by one bit whenever they run out."""

    def __init__(self) -> None:
        self.bits: list[int] = []
        self.size, self.room, self.words = 2, 1, 3

    def put(self, value: int, width: int | None = None) -> None:
        """A number, in so many bits."""
        self.bits += [value >> power & 1 for power in range(self.size if width is None else width)]

    def word(self) -> None:
        """One word more that can be named."""
        self.words += 1
        self.room -= 1
        if not self.room:
            self.size, self.room = self.size + 1, 1 << self.size

    def text(self) -> str:
        """The bits, fifteen a character."""
        bits = self.bits + [0] * (-len(self.bits) % 15)
        return "".join(chr(32 + int("".join(map(str, bits[at : at + 15])), 2)) for at in range(0, len(bits), 15))


def compressed(text: str) -> str:
    """Text as lz-string would compress it if it never saw more than a character repeat."""
    writer, known = Writer(), dict[str, int]()
    for at, sign in enumerate(text):
        if sign in known:
            writer.put(known[sign])
        else:
            writer.put(int(ord(sign) > 255))
            writer.put(ord(sign), 16 if ord(sign) > 255 else 8)
            known[sign] = writer.words
            if at:
                writer.word()
        if at:
            writer.word()
        else:
            writer.words, writer.size, writer.room = 4, 3, 4
    writer.put(2)
    return writer.text()
