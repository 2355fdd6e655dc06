"""`python -m twosource`, and what the console script starts: an early Ctrl-C is no traceback."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    try:
        from .cli import (
            main as run,
        )  # takes most of a second: here, so that an interruption meanwhile is caught

        run()
    except KeyboardInterrupt:
        print("twosource: interrupted", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
