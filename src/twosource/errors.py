"""One tree of errors. Each message is one line: what, where, how to mend it."""

from __future__ import annotations


class TwosourceError(Exception):
    """Any mistake that the user can mend; the command line prints it and never a traceback."""


class UsageError(TwosourceError):
    """Wrong arguments or nothing readable: exit code 2."""


class ReadError(TwosourceError):
    """One input cannot be read: it is skipped, the rest of the pile goes on, exit code 1."""


class ModelError(TwosourceError):
    """An installed model is missing, or its files are not the ones that the manifest names."""


class StoreError(TwosourceError):
    """The case file cannot be opened or written."""
