"""Valid files spoilt at random: a byte, a word, a part, the way they are packed."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from typing import Any, Final, cast

from tests.seeds import unpacked

NASTY: Final = (
    *("", " ", "nan", "NaN", "inf", "-Infinity", "1e999", "-0", "1" * 400, "0x10", "1_000", "1,000.5", "12.5%", "92 %"),
    *("\x00", "\x07", "\x1b[31m", "\x85", "\u202e", "\u2066x", "\u200b", "\ufeff", "\ufffe", "\U0001f600", "b\u0435ds"),
    *('"', "'", '""', "\\", "\n", "\r", "\r\n", "\t", ";", ",", "|", "=1+1", "+1", "-", "@x", "#REF!", "#DIV/0!"),
    *("n/a", "..", "[x]", "[c]", "none", "true", "yes", "beds", "waits", "trust", "ministry", "ID", "name", "x-own"),
    *("2018-13-45", "31/12/2018", "2018/19", "Mar-01", "9999-12-31", "0000-00-00", "a" * 40_000, "a;b;;c", "sep=;"),
    *("<", ">", "&", "&amp;", "&#0;", "&#x110000;", "&x;", "]]>", "<!DOCTYPE x>", "<!--", "{", "}", "[", "]", "null"),
    *("A1", "XFD1048576", "A0", "ZZZ1", "9" * 9, "9" * 20, "-1", "1048577", "65536", "t", "s", "e", "str", "%", "0%"),
)
"""Words that have undone readers."""

VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 10**400, 2**63, "", [], {}, [[]], [1], {"a": 1}),
    *NASTY,
)


class Spoiler:
    """Random faults, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def spoilt(self, name: str, content: bytes) -> bytes:
        """A file with some faults in it."""
        for _ in range(self.random.choice((1, 1, 1, 1, 2, 4))):
            content = self._once(name, content)
        return content

    def _once(self, name: str, content: bytes) -> bytes:
        chance = self.random.random()
        if content.startswith(b"PK") and chance < 0.9:
            try:
                return self.repacked(unpacked(content))
            except Exception:  # noqa: BLE001 - spoilt already
                return self.bytes(content)
        if name.endswith((".json", ".prsm")) and chance < 0.6:
            try:
                return json.dumps(self.value(json.loads(content))).encode()
            except (ValueError, RecursionError):
                return self.bytes(content)
        return self.text(content) if chance < 0.85 else self.bytes(content)

    def repacked(self, parts: dict[str, bytes]) -> bytes:
        """An archive with one of its parts spoilt, gone, doubled or renamed."""
        name = self.random.choice(sorted(parts))
        chance = self.random.random()
        if chance < 0.8:
            parts[name] = self.text(parts[name]) if chance < 0.7 else self.bytes(parts[name])
        elif chance < 0.85:
            del parts[name]
        elif chance < 0.9:
            parts[name.upper()] = parts[name]
        else:
            parts[self.random.choice(sorted(parts))] = parts[name]
        return self._packed(parts, twice=name if chance > 0.98 else None)

    def _packed(self, parts: dict[str, bytes], twice: str | None) -> bytes:
        file = io.BytesIO()
        method = self.random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
        with zipfile.ZipFile(file, "w", method) as archive:
            for name, content in parts.items():
                # Written anew under the same length of name, so that nothing warns.
                archive.writestr(name, content)
            if twice in parts:
                archive.writestr(f"{twice[:-1]}\x01", parts[twice])
        content = file.getvalue()
        return content.replace(f"{twice[:-1]}\x01".encode(), twice.encode()) if twice else content

    def value(self, whole: Any) -> Any:
        """A document with one thing in it changed, gone, doubled or nested."""
        if self.random.random() < 0.85 and isinstance(whole, dict) and whole:
            return self._object(cast("dict[str, Any]", whole))
        if self.random.random() < 0.85 and isinstance(whole, list) and whole:
            return self._list(cast("list[Any]", whole))
        return self._nested(whole) if self.random.random() < 0.05 else self.random.choice(VALUES)

    def _object(self, whole: dict[str, Any]) -> dict[str, Any]:
        at, chance = self.random.choice(list(whole)), self.random.random()
        if chance < 0.08:
            del whole[at]
        elif chance < 0.12:
            whole[self.random.choice(NASTY)] = whole[at]
        else:
            whole[at] = self.value(whole[at])
        return whole

    def _list(self, whole: list[Any]) -> list[Any]:
        at, chance = self.random.randrange(len(whole)), self.random.random()
        if chance < 0.08:
            del whole[at]
        elif chance < 0.16:
            whole.append(whole[at])
        else:
            whole[at] = self.value(whole[at])
        return whole

    def _nested(self, value: Any) -> Any:
        for _ in range(self.random.choice((2, 30, 60, 70, 400))):
            value = [value] if self.random.random() < 0.5 else {"a": value}
        return value

    def text(self, content: bytes) -> bytes:
        """A text with a word in it changed, a piece gone, doubled or moved, or another encoding."""
        text = content.decode("utf-8", "surrogateescape")
        words = list(re.finditer(r"[^\s,;:<>\"=/]+|\S", text))
        chance = self.random.random()
        if not words or chance < 0.1:
            at = self.random.randint(0, len(text))
            text = text[:at] + self.random.choice(NASTY) + text[at:]
        elif chance < 0.6:
            found = self.random.choice(words)
            text = text[: found.start()] + self.random.choice(NASTY) + text[found.end() :]
        elif chance < 0.95:
            text = self._moved(text)
        else:
            return text.encode(self.random.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-32")), "replace")
        return text.encode("utf-8", "surrogateescape" if "\ud83d" not in text else "replace")

    def _moved(self, text: str) -> str:
        low, high = sorted(self.random.randint(0, len(text)) for _ in range(2))
        high = min(high, low + 200)
        piece, rest = text[low:high], text[:low] + text[high:]
        at = self.random.randint(0, len(rest))
        return self.random.choice((rest, text[:low] + piece * 30 + text[high:], rest[:at] + piece + rest[at:]))

    def bytes(self, content: bytes) -> bytes:
        """Bytes with some changed, or cut off."""
        spoilt = bytearray(content)
        for _ in range(self.random.choice((1, 2, 8))):
            if spoilt:
                spoilt[self.random.randrange(len(spoilt))] = self.random.choice(
                    (0, 1, 0x7F, 0x80, 0xFF, self.random.randrange(256))
                )
        return bytes(spoilt[: self.random.randrange(len(spoilt) + 1)] if self.random.random() < 0.15 else spoilt)
