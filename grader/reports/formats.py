"""Every format in which `grade run` hands its reports on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from grader.reports import as_json, classroom50, gradescope, junit, lines, markdown, plain, terminal
from grader.reports.conceal import conceal
from grader.reports.format_names import Format
from grader.reports.reveal import Reveal
from grader.results import Report


def render(
    format_: Format, reports: Sequence[Report], reveal: Reveal, places: Mapping[str, lines.Place] | None = None
) -> str:
    """All reports of a run in one text, which shows of hidden checks what `reveal` allows.

    `places`: sha256 of a submission → where it lies, for the format that says so.
    """
    shown = [conceal(report, reveal) for report in reports]
    match format_:
        case Format.TERMINAL:
            return "\n".join(terminal.as_text(terminal.render(report)) for report in shown)
        case Format.PLAIN:
            return "".join(plain.report(report) + "\n\n" for report in shown)
        case Format.JSON:
            return as_json.render(shown)
        case Format.JUNIT:
            return junit.render(shown)
        case Format.MARKDOWN:
            return markdown.render(shown)
        case Format.LINES:
            return lines.render(shown, places)
        case Format.HTML:
            from grader.reports import html  # jinja2, for whoever wants a page

            return html.render(shown)
        case Format.GRADESCOPE:
            # It has visibilities of its own, and so must see what it hides.
            return gradescope.render(reports, reveal)
        case Format.CLASSROOM50:
            return classroom50.render(reports, reveal, os.environ)
