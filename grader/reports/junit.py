"""Reports as JUnit XML, which continuous integration shows as test results: a suite a submission, a case a check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.classroom.record import ClassRecord
from grader.reports.words import OUR_FAULT, callers, cell_reasons, points_of, quotation, reasons, title_of, verdict
from grader.results import CheckResult, Report, Status
from grader.text import clean, one_line

_ELEMENTS = {
    Status.FAILED: "failure",
    Status.ERROR: "error",
    Status.TIMEOUT: "error",
    Status.CRASHED: "error",
    Status.SKIPPED: "skipped",
    Status.NOT_GRADABLE: "skipped",
    Status.GRADER_ERROR: "error",
}


def render(reports: Sequence[Report]) -> str:
    """The reports of one run; suites are named by file and exercise."""
    return _document("grade", ((report.submission.name, report) for report in reports))


def render_class(record: ClassRecord) -> str:
    """A class; suites are named by student and exercise."""
    return _document(
        record.title, ((student.name, report) for student in record.students for report in student.reports.values())
    )


def _document(name: str, owned: Iterable[tuple[str, Report]]) -> str:
    root = Element("testsuites", name=one_line(name))
    totals = {"tests": 0, "failures": 0, "errors": 0}
    seconds = 0.0
    for owner, report in owned:
        suite = _suite(root, one_line(owner), report)
        seconds += report.duration_s
        for total in totals:
            totals[total] += int(suite.get(total, "0"))
    root.attrib.update({name: str(total) for name, total in totals.items()})
    root.set("time", f"{seconds:.3f}")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, owner: str, report: Report) -> Element:
    suite = SubElement(root, "testsuite", name=f"{owner} · {report.exercise}", time=f"{report.duration_s:.3f}")
    properties = SubElement(suite, "properties")
    for name, value in (
        ("points", f"{report.earned:g}"),
        ("points_possible", f"{report.points:g}"),
        ("seed", str(report.seed)),
        ("device", report.device),
        ("isolation", report.isolation.level),
        ("sha256", report.submission.sha256),
    ):
        SubElement(properties, "property", name=name, value=clean(value))
    counts = {"failure": 0, "error": 0, "skipped": 0}
    for result in report.checks:
        if element := _case(suite, f"{owner}.{report.exercise}", result):
            counts[element] += 1
    if report.output.strip():
        SubElement(suite, "system-out").text = clean(report.output)
    if report.cells:
        SubElement(suite, "system-err").text = "\n".join(
            line for failure in report.cells for line in cell_reasons(failure)
        )
    suite.attrib |= {
        "tests": str(len(report.checks)),
        "failures": str(counts["failure"]),
        "errors": str(counts["error"]),
        "skipped": str(counts["skipped"]),
    }
    return suite


def _case(suite: Element, class_name: str, result: CheckResult) -> str | None:
    """Adds a check; the name of the element that says why it did not pass, if it did not."""
    name = f"{title_of(result)} [{points_of(result)}]"
    case = SubElement(suite, "testcase", name=clean(name), classname=class_name, time=f"{result.duration_s:.3f}")
    if (element := _ELEMENTS.get(result.status)) is None:
        return None
    said = list(reasons(result))
    if result.status is Status.GRADER_ERROR:
        said.insert(0, OUR_FAULT)
    why = SubElement(case, element, type=result.status.value, message=said[0] if said else verdict(result))
    why.text = "\n".join([*said, *filter(None, [quotation(result)]), *callers(result)])
    return element
