"""When the articles of a pile were published, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from twosource.model import Article
from twosource.reuse.tokens import F64

HOUR, DAY = 3600.0, 86400.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """Seconds since 1970: the earliest and the latest moment of each article's publication, NaN if unknown."""

    earliest: F64
    latest: F64


def clocks(articles: Sequence[Article]) -> Clocks:
    """The publication times of `articles`, in their order."""
    earliest: F64 = np.full(len(articles), np.nan)
    latest: F64 = np.full(len(articles), np.nan)
    for i, article in enumerate(articles):
        start, end = article.published.start, article.published.end
        if start is not None and end is not None:
            earliest[i], latest[i] = start.timestamp(), end.timestamp()
    return Clocks(earliest, latest)


def days(times: Clocks) -> F64:
    """float64 (n,): when each article was published, in days, NaN where the day is not known."""
    with np.errstate(invalid="ignore"):
        return np.where(times.latest - times.earliest <= DAY + 1, times.earliest / DAY, np.nan)
