"""Where `grade` and `python -m grader` begin: a package that is missing is one sentence, whichever it is."""

from __future__ import annotations

import sys

from grader.commands.console import complain


def main() -> None:
    """Entry point: `grader.cli.main`, once everything that it imports is there."""
    try:
        from grader.cli import main as run
    except ModuleNotFoundError as error:
        from grader.sandbox import extras

        if not (sentence := extras.lack_of_module(error.name)):
            raise
        complain(sentence)
        sys.exit(2)
    run()


if __name__ == "__main__":
    main()
