"""Bytes to characters."""

from __future__ import annotations

import pytest

from twosource.errors import ReadError
from twosource.read.decode import decode

RUSSIAN = "Пожар на северном причале уничтожил два крана, сообщила начальник порта. Никто не пострадал."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["A fire on the quay — nobody was hurt.", RUSSIAN + " 12:05\n\n" + RUSSIAN])
def test_unicode(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_russian_code_pages(encoding: str) -> None:
    text, remark = decode(RUSSIAN.encode(encoding))
    assert text == RUSSIAN
    assert "--encoding" in remark


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The café on the quay burned. " * 30, "latin-1"),
        ("“Nobody was hurt,” she said — again. " * 30, "cp1252"),
    ],
)
def test_western_code_pages(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_a_single_byte_encoding_keeps_every_place() -> None:
    data = b"said. \x95\x81Time is running out" + b" for the port" * 100
    text, _ = decode(data)
    assert len(text) == len(data)
    assert text.index("Time") == data.index(b"Time")


def test_a_named_encoding_is_taken() -> None:
    assert decode("Пожар".encode("cp866"), "cp866") == ("Пожар", "")


def test_an_unknown_encoding_is_a_readable_error() -> None:
    with pytest.raises(ReadError, match="no encoding is called 'klingon'"):
        decode(b"text", "klingon")


def test_a_few_broken_bytes_do_not_make_utf8_something_else() -> None:
    text, remark = decode((RUSSIAN * 3).encode() + b"\xff and on")
    assert text.startswith(RUSSIAN)
    assert "broken" in remark


def test_a_replacement_character_in_good_utf8_is_no_damage() -> None:
    assert decode("said \ufffd so".encode()) == ("said \ufffd so", "")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x89PNG\r\n", "a PNG image"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=f"not text: .*{what}"):
        decode(data)


def test_one_nul_in_good_text_is_kept_for_the_reader_to_show() -> None:
    assert decode(b"A fire on the quay.\x00" + b" Nobody was hurt." * 10)[0].count("\0") == 1
