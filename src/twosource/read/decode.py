"""Bytes → characters: which encoding a file is in, in bounded memory.

Unicode first (byte-order mark, UTF-8, UTF-16 by its zero bytes); a legacy encoding is detected only from
the lines that are not ASCII, because a megabyte of English says nothing about one Cyrillic name.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "rich text: save it as plain text"),
)
_LEGACY = [
    "cp1251", "koi8_r", "cp866", "cp1252", "cp1250", "cp1254", "cp1253", "cp1255", "cp1256", "cp1257",
    "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
_CYRILLIC = ("cp1251", "koi8_r", "cp866")
_SAMPLE = 1 << 16
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b\x08\x0b\x1a")
_ASCII = bytes(range(128))
_CONTROLS = bytes(b for b in range(32) if b not in _TEXT_CONTROLS)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name, how its errors are taken, and a remark for the user where it was a guess."""

    name: str
    errors: str = "strict"
    remark: str = ""


def sniff(chunks: Iterable[bytes], encoding: str = "") -> Encoding:
    """The encoding of a file given as chunks of bytes.

    Raises ReadError when the bytes are no text, or when `encoding` is given and unknown.
    """
    if encoding:
        try:
            return Encoding(codecs.lookup(encoding).name, "replace")
        except LookupError:
            raise ReadError(f"no encoding is called {encoding!r}: try utf-8, cp1251 or latin-1") from None
    state = _Look()
    for chunk in chunks:
        state.feed(chunk)
        if state.answer:
            return state.answer
    return state.verdict()


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The characters of `data`, without a byte-order mark, and the remark of the encoding."""
    found = sniff([data], encoding)
    return data.decode(found.name, found.errors), found.remark


class _Look:
    """What has been seen of the bytes so far."""

    def __init__(self) -> None:
        self.answer: Encoding | None = None
        self.size = 0
        self.nulls = [0, 0]
        self.controls = 0
        self.high = 0
        self.letters_high = 0
        self.sample = bytearray()
        self.head = b""
        self.utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self.strict = codecs.getincrementaldecoder("utf-8")("strict")
        self.valid = True
        self.bad = 0
        self.good = 0

    def feed(self, chunk: bytes) -> None:
        if self.size == 0:
            self._start(chunk)
            if self.answer:
                return
        odd = self.size % 2
        self.nulls[odd] += chunk[::2].count(0)
        self.nulls[1 - odd] += chunk[1::2].count(0)
        self.size += len(chunk)
        self.controls += len(chunk) - len(chunk.translate(None, _CONTROLS))
        high = chunk.translate(None, _ASCII)
        if high:
            self.high += len(high)
            self.letters_high += sum(1 for b in high[:_SAMPLE] if b >= 0xC0)
            self._gather(chunk)
        self._count(self.utf8.decode(chunk))
        self._check(chunk, final=False)

    def _check(self, chunk: bytes, final: bool) -> None:
        try:
            if self.valid:
                self.strict.decode(chunk, final)
        except UnicodeDecodeError:
            self.valid = False

    def _start(self, chunk: bytes) -> None:
        self.head = chunk[:4096]
        for mark, name in _MARKS:
            if chunk.startswith(mark):
                self.answer = Encoding(name, "replace")
                return
        for magic, what in _MAGIC:
            if chunk.startswith(magic):
                raise ReadError(f"not text: {what}")

    def _gather(self, chunk: bytes) -> None:
        """Keep lines with bytes above ASCII, up to the size of the sample, each cut to a sane length."""
        if len(self.sample) >= _SAMPLE:
            return
        for line in chunk.splitlines():
            cut = line[:4096]
            if not cut.isascii():
                self.sample += cut + b"\n"
                if len(self.sample) >= _SAMPLE:
                    return
        if not self.sample:  # all of it beyond the cut of a very long line
            at = next(i for i, b in enumerate(chunk) if b > 127)
            self.sample += chunk[max(0, at - 2048) : at + 2048]

    def _count(self, text: str) -> None:
        self.bad += text.count("\ufffd")
        if not text.isascii():
            self.good += len(text) - len(text.encode("ascii", "ignore"))

    def verdict(self) -> Encoding:
        if self.size == 0:
            return Encoding("utf-8")
        self._count(self.utf8.decode(b"", final=True))
        self._check(b"", final=True)
        self.good -= self.bad
        nulls = sum(self.nulls)
        if nulls > self.size * 0.02 and max(self.nulls) > 0.95 * nulls:
            name = "utf-16-le" if self.nulls[1] > self.nulls[0] else "utf-16-be"
            if _readable(self.head.decode(name, "replace")):
                return Encoding(name, "replace", "no byte-order mark: read as UTF-16")
        if nulls > self.size * 0.01 or self.controls > self.size * 0.05:
            raise ReadError("not text: it holds binary data")
        if self.valid:
            return Encoding("utf-8")
        if self.bad * 20 <= self.good or (self.bad == 1 and self.good):
            return Encoding("utf-8", "replace", f"{self.bad} broken characters in UTF-8 shown as \ufffd")
        return self._legacy()

    def _legacy(self) -> Encoding:
        sample = bytes(self.sample)
        few = self.high < self.size * 0.005 or self.letters_high < 0.1 * min(self.high, _SAMPLE)
        name = "cp1252" if few else _guess(sample)
        if not _decodes(sample, name):
            # latin-1 maps every byte, so what cp1252 leaves undefined keeps its place
            name = "latin-1"
        return Encoding(name, "replace", f"not UTF-8: read as {name} (another encoding: --encoding NAME)")


def _readable(text: str) -> bool:
    """Whether nearly all characters are ones that people write."""
    return sum(c.isprintable() or c.isspace() for c in text) >= 0.95 * len(text)


def _decodes(sample: bytes, name: str) -> bool:
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _guess(sample: bytes) -> str:
    """The legacy encoding of bytes rich in characters above ASCII.

    Cyrillic is told by its commonest letters in lower case, which the three code pages put in different
    places; everything else is left to charset-normalizer.
    """
    best, score = "", 0.0
    for name in _CYRILLIC:
        text = sample.decode(name, "replace")
        letters = [c for c in text if ord(c) > 127]
        common = sum(1 for c in letters if c in "оеаинтсрвлкмдпу")
        share = common / len(letters)
        if share > score:
            best, score = name, share
    if score > 0.6:
        return best
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_LEGACY).best()
    return found.encoding if found else "latin-1"
