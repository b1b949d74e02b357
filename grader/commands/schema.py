"""grade schema: the form of a JSON report, and of a policy."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from grader.commands.console import say


class Of(StrEnum):
    """What has a schema."""

    REPORT = "report"
    POLICY = "policy"


def schema(of: Annotated[Of, typer.Option(help="report, or policy: of policy.toml.")] = Of.REPORT) -> None:
    """Print the JSON schema of `--format json`, or of a policy."""
    import msgspec

    from grader.marks.policy import PolicyTable
    from grader.reports.as_json import schema as report_schema

    found = report_schema() if of is Of.REPORT else msgspec.json.schema(PolicyTable)
    say(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
