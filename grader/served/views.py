"""What the served page shows: a class's facts laid out for its templates."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from grader.marks.case import Case
from grader.marks.groups import Group
from grader.marks.queue import KINDS, Item
from grader.marks.words import Word
from grader.reports import pages
from grader.reports.marks.explain import headline
from grader.reports.marks.student import told
from grader.served import code
from grader.served.workbook import Workbook
from grader.text import clean, one_line

_SHOWN: Final = 300
"""Items of the queue, or students of a group, on one page."""
_STYLES: Final = ("page.css", "report.css", "measured.css", "marked.css", "desk.css")


class Entry(Struct, frozen=True):
    """A line of the queue with the address that it leads to."""

    item: Item
    link: str


class Spoken(Struct, frozen=True, kw_only=True):
    """A word as it is shown. `sort`: points, comment, or note; `check`: the check's title."""

    number: int
    who: str
    at: str
    sort: str
    points: str
    text: str
    check: str


def queue(book: Workbook, who: str) -> str:
    """What needs a person, and everybody."""
    entries = [Entry(item, _link(book, item)) for item in book.queue]
    return _page(
        "desk_queue.html",
        book,
        who,
        kinds=[(text, [e for e in entries if e.item.kind == kind][:_SHOWN]) for kind, text in KINDS.items()],
        counts={text: sum(e.item.kind == kind for e in entries) for kind, text in KINDS.items()},
        count=len(entries),
        students=[(student.name, book.stem(student.name)) for student in book.record.students],
        groups=[group for group in book.groups if len(group.students) > 1][:_SHOWN],
        next=entries[0].link if entries else "",
    )


def student(book: Workbook, case: Case, who: str) -> str:
    """One student: every exercise, the steps to the mark, and what happened."""
    mark = book.mark(case)
    return _page(
        "desk_student.html",
        book,
        who,
        case=case,
        stem=book.stem(case.student),
        headline=headline(mark),
        worths=mark.worths,
        steps=[told(step) for step in mark.steps],
        history=book.history(case),
        words=_spoken(case, ""),
        checks=[],
        exercise="",
        groups=[],
        saved=book.saved_comments(),
    )


def work(book: Workbook, case: Case, exercise: str, who: str) -> str:
    """One work: the code beside its report, and what is to be said."""
    report = case.reports.get(exercise)
    handed = (case.student, exercise) in book.handed
    source = book.work(case.student, exercise) if handed else None
    mark = book.mark(case)
    worth = next(worth for worth in mark.worths if worth.exercise.id == exercise)
    before, after = book.neighbours(case.student, exercise)
    lines = code.lines(source.text, report) if source is not None else []
    return _page(
        "desk_work.html",
        book,
        who,
        case=case,
        stem=book.stem(case.student),
        exercise=exercise,
        title=worth.exercise.title,
        report=report,
        source=source,
        lines=lines,
        cut=len(lines) == code.LINES_CAP,
        headline=headline(mark),
        steps=[told(step) for step in worth.steps],
        changed=case.changed(exercise),
        late=exercise in book.late(case.student),
        words=_spoken(case, exercise),
        checks=[(result.id, result.title) for result in report.checks] if report is not None else [],
        groups=book.groups_with(case.student, exercise),
        saved=book.saved_comments(),
        before=f"work/{before}/{exercise}" if before else "",
        after=f"work/{after}/{exercise}" if after else "",
        next=_next(book, case.student, exercise),
    )


def group(book: Workbook, found: Group, who: str) -> str:
    """A group of equal mistakes: who is in it, and what is to be said to all of them."""
    return _page(
        "desk_group.html",
        book,
        who,
        group=found,
        students=[(name, book.stem(name)) for name in found.students[:_SHOWN]],
        more=max(0, len(found.students) - _SHOWN),
        exercise=found.exercise,
        checks=[],
        groups=[],
        stem="",
        saved=book.saved_comments(),
    )


def problem(sentence: str) -> str:
    """A page that says what is wrong."""
    return pages.render("desk_problem.html", styles=_STYLES, sentence=sentence)


def plain(word: Word) -> str:
    """A word in a line, for the page's script, which shows it as text."""
    what = f"points {word.points}" if word.kind == "points" else word.kind
    return clean(f"{word.who}, {word.at[11:16]} UTC: {what} {word.text}".strip())


def _page(template: str, book: Workbook, who: str, **context: Any) -> str:
    return pages.render(
        template,
        styles=_STYLES,
        script="desk.js",
        connects=True,
        class_title=book.record.title,
        who=who,
        seen=book.last,
        **{"before": "", "after": "", "next": "", **context},
    )


def _link(book: Workbook, item: Item) -> str:
    return f"group/{item.group}" if item.group else f"work/{book.stem(item.student)}/{item.exercise}"


def _next(book: Workbook, student: str, exercise: str) -> str:
    """Where the queue goes on after this work."""
    here = f"work/{book.stem(student)}/{exercise}"
    links = list(dict.fromkeys(_link(book, item) for item in book.queue))
    following = links[links.index(here) + 1 :] if here in links else links
    return next((link for link in following if link != here), "")


def _spoken(case: Case, exercise: str) -> list[Spoken]:
    report = case.reports.get(exercise)
    titles = {result.id: result.title for result in report.checks} if report is not None else {}
    return [
        Spoken(
            number=word.number,
            who=one_line(word.who),
            at=word.at[:16].replace("T", " "),
            sort=word.kind,
            points=word.points if word.points.startswith("-") else f"+{word.points}",
            text=word.text,
            check=titles.get(word.check, word.check),
        )
        for word in case.standing
        if word.exercise == exercise
    ]
