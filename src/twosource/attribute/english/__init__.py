"""English: rules over the dependency parse (ClearNLP labels), words and quotation marks."""

from __future__ import annotations

from .find import find

__all__ = ["find"]
