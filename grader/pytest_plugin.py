"""A plugin for pytest: each check of an exercise is a test, so that test panels show them green and red.

Off unless it is asked for: `pytest --grade`, or `grade = true` in pytest's ini, as the students' kit has it. Work is
graded as `grade` does it, by workers of one warm zygote; a failed test is the sentence that `grade` prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.checks.check import Check
    from grader.exercises.exercise import Exercise
    from grader.grading.examiner import Examiner
    from grader.results import CheckResult, Report
    from grader.sandbox.ladder import Ladder


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option, and its key in the ini."""
    parser.getgroup("grade").addoption("--grade", action="store_true", help="Collect the checks of exercises as tests.")
    parser.addini("grade", "Collect the checks of exercises as tests.", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Become active, if that is asked for."""
    if config.getoption("--grade") or config.getini("grade"):
        config.pluginmanager.register(Room(), "grade-room")


class Room:
    """What the tests of one session share: the course, and a sandbox that is opened for the first of them."""

    def __init__(self) -> None:
        self._own: dict[Path, Exercise] | None = None
        self._sandbox: Ladder | None = None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A student's own file of an exercise, and no other: it is read, and never imported here."""
        if file_path.suffix not in (".py", ".ipynb"):
            return None
        exercise = self._files().get(file_path.resolve())
        return ExerciseFile.from_parent(parent, path=file_path, exercise=exercise, room=self) if exercise else None

    def pytest_unconfigure(self) -> None:
        """Let go of the sandbox."""
        if self._sandbox is not None:
            self._sandbox.close()

    def sandbox_for(self, examiner: Examiner, *, notebook: bool) -> Ladder:
        """The session's sandbox, warm: opened when it is first needed."""
        if self._sandbox is None:
            self._sandbox = examiner.open_sandbox(notebooks=notebook)
            self._sandbox.settle()
        return self._sandbox

    def _files(self) -> dict[Path, Exercise]:
        from grader.errors import UsageError
        from grader.exercises.course import find_course
        from grader.submissions.own import own_file

        if self._own is None:
            try:
                self._own = {own_file(each).resolve(): each for each in find_course().exercises()}
            except UsageError as error:
                raise pytest.UsageError(f"grade: {error}") from None
        return self._own


class ExerciseFile(pytest.File):
    """A student's file, graded once, when the first of its checks is run."""

    def __init__(self, *, exercise: Exercise, room: Room, **rest: Any) -> None:
        super().__init__(**rest)
        self._exercise, self._room = exercise, room
        self._report: Report | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each check."""
        from grader.reports.lines import line_of
        from grader.submissions.work import read

        text = "" if self.path.suffix == ".ipynb" else read(self.path).text
        for check in self._exercise.load_checks(hidden=True):
            yield CheckItem.from_parent(self, name=check.id, check=check, line=line_of(check.title, text))

    def result_of(self, check: Check) -> CheckResult:
        """What became of a check.

        Raises:
            UsageError: if a package that the exercise needs is not installed.
        """
        from grader.grading.examiner import Examiner
        from grader.submissions.work import read

        if self._report is None:
            if self._exercise.lack:
                pytest.skip(self._exercise.lack)
            examiner = Examiner([self._exercise])
            sandbox = self._room.sandbox_for(examiner, notebook=self.path.suffix == ".ipynb")
            device = examiner.device_for(self._exercise, sandbox)
            self._report = examiner.grade(self._exercise, read(self.path), sandbox, device=device)
        return next(result for result in self._report.checks if result.id == check.id)


class Lost(Exception):
    """A check that was not passed; the message is what `grade` says of it."""


class CheckItem(pytest.Item):
    """One check."""

    def __init__(self, *, check: Check, line: int, **rest: Any) -> None:
        super().__init__(**rest)
        self._check, self._line = check, line

    def runtest(self) -> None:
        """Ask what became of it."""
        from grader.reports.lines import sentence_of
        from grader.reports.words import OUR_FAULT, VERDICTS, callers, quotation, reasons
        from grader.results import Status

        assert isinstance(self.parent, ExerciseFile)
        result = self.parent.result_of(self._check)
        if result.status is Status.PASSED:
            return
        if result.status in (Status.SKIPPED, Status.NOT_GRADABLE):
            pytest.skip(result.message or VERDICTS[result.status])
        if result.status is Status.GRADER_ERROR:
            raise RuntimeError(f"{OUR_FAULT} {sentence_of(result)}")
        said = [*reasons(result), *filter(None, [quotation(result)]), *callers(result)]
        raise Lost("\n".join([self._check.title, *said]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The sentence, and no traceback: it would be the grader's."""
        return str(excinfo.value) if isinstance(excinfo.value, Lost) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where a test panel finds it: at the student's function."""
        return self.path, self._line - 1, f"{self.path.stem}: {self._check.title}"
