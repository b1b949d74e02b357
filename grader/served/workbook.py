"""A class as somebody works on it: read once, kept up to date with what others write, and every word saved at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import cached_property
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from grader.classroom.from_store import class_record
from grader.classroom.record import ClassRecord
from grader.classroom.store import GradeStore, Handed
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.marks import journal, speech
from grader.marks import queue as queues
from grader.marks.case import Case, cases_of, mark, policy_of, with_lateness
from grader.marks.groups import Group, group_named, groups_of
from grader.marks.ledger import REVEAL, Ledger, ledger_of
from grader.marks.mark import Mark
from grader.marks.policy import Policy
from grader.marks.queue import Item
from grader.marks.words import Word
from grader.reports.classroom.file_names import stems
from grader.reports.classroom.files import wishes_before, write_all
from grader.reports.marks.history import Event, events
from grader.reports.reveal import Reveal
from grader.served.class_page import ClassPage
from grader.submissions.work import Work

NOBODY: Final = "There is no such student or exercise here any more."


class Workbook:
    """Used by one thread; other processes may write to the same results meanwhile.

    Args:
        results: the folder of a graded class.
        course: its course: stubs are known by it.

    Raises:
        UsageError: if it cannot be read.
    """

    def __init__(self, results: Path, course: Course) -> None:
        self.results, self._exercises = results, course.exercises()
        self._page = ClassPage(results)
        with ExitStack() as stack:
            self._store = stack.enter_context(closing(GradeStore(results, write=False)))
            self._journal = stack.enter_context(closing(journal.Journal(results)))
            self._read()
            self._closing = stack.pop_all()

    def close(self) -> None:
        """Let go of the database."""
        self._closing.close()

    def _read(self) -> None:
        self._state, self._version = self._store.state(), self._journal.version
        self.record: ClassRecord = class_record(self._store, self._exercises)
        self.policy: Policy = policy_of(self._store, self._journal)
        cases = cases_of(self.record, self._store, self._journal)
        self.record = with_lateness(self.record, self.policy, cases)
        self.handed: dict[tuple[str, str], Handed] = {(h.student, h.exercise): h for h in self._store.handed_in()}
        names = [student.name for student in self.record.students]
        self._late = {student.name: student.late for student in self.record.students}
        self._stems = dict(zip(names, stems(names), strict=True))
        self._names = {stem: name for name, stem in self._stems.items()}
        self.groups: list[Group] = groups_of({student.name: student.reports for student in self.record.students})
        self._hear(cases)

    def _hear(self, cases: dict[str, Case]) -> None:
        self.cases = cases
        self.last: int = max((word.number for case in self.cases.values() for word in case.words), default=0)
        self.__dict__.pop("queue", None)

    def refresh(self) -> None:
        """Take in what others have written."""
        if (version := self._journal.version) == self._version:
            return
        self._version = version
        if self._store.state() != self._state:
            self._read()
        else:
            self._hear(cases_of(self.record, self._store, self._journal))

    # --- looking ------------------------------------------------------------------------------------------------

    @cached_property
    def queue(self) -> list[Item]:
        """What needs a person."""
        return queues.queue(self.record, self.cases, self.groups, self.policy)

    def old_class_page(self) -> str:
        """The page as it was, which says so, while what others have changed is still to be read; "" if nothing is."""
        behind = self._journal.version != self._version and self._store.state() != self._state
        return self._page.old() if behind else ""

    def class_page(self) -> str:
        """The class's page, at once if it is there or takes no time; see `ClassPage`."""
        return self._page.of(self.record)

    def late(self, student: str) -> tuple[str, ...]:
        """Ids of exercises that came late."""
        return self._late[student]

    def stem(self, student: str) -> str:
        """What a student's address ends in."""
        return self._stems[student]

    def case(self, stem: str) -> Case:
        """The student of that address.

        Raises:
            UsageError: if there is none.
        """
        if (name := self._names.get(stem)) is None:
            raise UsageError(NOBODY)
        return self.cases[name]

    def mark(self, case: Case) -> Mark:
        """The mark of a case, now."""
        return mark(self.policy, self.record.exercises, case)

    def work(self, student: str, exercise: str) -> Work:
        """What was handed in.

        Raises:
            UsageError: if nothing was.
        """
        if (handed := self.handed.get((student, exercise))) is None:
            raise UsageError(NOBODY)
        return self._store.work(handed)

    def history(self, case: Case) -> list[Event]:
        """What happened to a student's work."""
        moments = self._store.told_moments(case.student)
        return events(self._store.past_verdicts(case.student), case.words, self._journal.policies(), moments)

    def neighbours(self, student: str, exercise: str) -> tuple[str, str]:
        """Stems of the students before and after this one who handed in the exercise; "" at the ends."""
        names = [s.name for s in self.record.students if exercise in s.reports]
        if student not in names:
            return "", ""
        place = names.index(student)
        before = self.stem(names[place - 1]) if place else ""
        return before, self.stem(names[place + 1]) if place + 1 < len(names) else ""

    def groups_with(self, student: str, exercise: str) -> list[Group]:
        """The groups of equal mistakes that a student's work is in."""
        return [group for group in self.groups if group.exercise == exercise and student in group.students]

    def group(self, name: str) -> Group:
        """The group of that id; see `group_named`."""
        return group_named(self.groups, name)

    def saved_comments(self) -> list[journal.SavedComment]:
        """Comments to use again."""
        return self._journal.saved_comments()

    # --- speaking -----------------------------------------------------------------------------------------------

    def say(self, words: Sequence[Word], seen: int | None) -> list[Word]:
        """Write words; they are on the disk when this returns.

        Raises:
            Clash: if others have spoken of the same work since word `seen`; see `Journal.say`.
            UsageError: if they cannot be written.
        """
        said = self._journal.say(words, seen=seen)
        for word in said:
            if (case := self.cases.get(word.student)) is not None:
                self.cases[word.student] = replace(case, words=(*case.words, word))
        self.last = max([self.last, *(word.number for word in said)])
        self.__dict__.pop("queue", None)
        return said

    def withdraw(self, number: int, who: str, seen: int | None) -> list[Word]:
        """Take a word back; see `say`."""
        return self.say(speech.withdrawals([self._journal.numbered(number)], "", who), seen)

    def save_comment(self, name: str, text: str, who: str) -> None:
        """Keep a comment to use it again; see `Journal.save_comment`."""
        self._journal.save_comment(name, text, who)

    # --- in the end ---------------------------------------------------------------------------------------------

    def write(self) -> list[Path]:
        """Write the pages and gradebooks anew, as much of hidden checks shown as before.

        Raises:
            UsageError: if a file cannot be written.
        """
        self.refresh()
        ledger: Ledger = ledger_of(self.record, self._store, self.results)
        reveal = Reveal(self._store.meta(REVEAL) or Reveal.MISTAKES)
        return write_all(self.record, self.results, wishes_before(self.results, reveal), ledger)
