"""grade schema: the form of a JSON report."""

from __future__ import annotations

from grader.commands.console import say


def schema() -> None:
    """Print the JSON schema of `--format json`."""
    import msgspec

    from grader.reports.as_json import schema as report_schema

    say(msgspec.json.format(msgspec.json.encode(report_schema()), indent=2).decode())
