"""grade watch: checks a file anew whenever it is saved."""

from __future__ import annotations

import contextlib
import hashlib
import queue
import signal
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from grader.commands.board import rows_of
from grader.commands.console import Display, say
from grader.commands.editor import show_at, windowed
from grader.commands.hint import next_hint
from grader.commands.keyboard import Keyboard, ended_by
from grader.commands.options import (
    CourseOption,
    DeviceOption,
    IsolationOption,
    OptionalExercise,
    Style,
)
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise
    from grader.grading.examiner import Examiner
    from grader.grading.newest import Gradings
    from grader.results import Report
    from grader.submissions.saves import Saves

LOOK_S: Final = 1.0
"""Seconds between two looks at the file, should the system not say that it was saved."""
PATIENCE_S: Final = 0.3
"""Seconds for which a file that is missing or empty is taken to be in the middle of being saved."""
NEWS_S: Final = 0.3
"""Seconds after which a grading is announced; a quicker one would only flicker."""
KEYS: Final = "h hint · n next exercise · l list · q quit"
KEYS_IN_WORDS: Final = "Keys: h for a hint, n for the next exercise, l for the list, q to quit"


class WatchFormat(StrEnum):
    """How verdicts are shown: laid out for a terminal, in plain words, or as problems in lines, for an editor."""

    TERMINAL = "terminal"
    PLAIN = "plain"
    LINES = "lines"


def watch(
    exercise: OptionalExercise = None,
    course: CourseOption = None,
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
    format: Annotated[
        WatchFormat,
        typer.Option(
            "--format",
            envvar="GRADE_FORMAT",
            help="plain: words only, for screen readers. lines: file:line:column: level: sentence, for editors.",
        ),
    ] = WatchFormat.TERMINAL,
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the file in $VISUAL, at what is to be repaired, when that changes.")
    ] = False,
) -> None:
    """Check your file anew whenever you save it. Keys: h hint, n next, l list, q quit."""
    from grader.exercises.course import find_course
    from grader.grading import devices
    from grader.grading.newest import Gradings
    from grader.reports.board import next_step

    devices.check_form(device)
    opens = windowed() if edit else []
    around = find_course(course)
    if exercise is None and (following := next_step(rows_of(around))):
        exercise = following.id
    wanted = around.find(exercise) if exercise else around.exercises()[0]
    events: queue.SimpleQueue[Any] = queue.SimpleQueue()
    gradings = Gradings(events.put, isolation=isolation)
    room = WatchRoom(around, gradings, events, Display(redraws=format is WatchFormat.TERMINAL), format, device, opens)
    try:
        room.watch(wanted)
    finally:
        room.close()
    say(room.farewell())


class Saved:
    """Something has changed where the file lies."""


class Redraw:
    """The screen has another size."""


class Pause:
    """Ctrl-Z."""


@dataclass(frozen=True)
class Leave:
    """Ctrl-C, or another signal that ends a program; its number."""

    signal: int


@dataclass(frozen=True)
class Pressed:
    """A key."""

    key: str


@dataclass
class Bench:
    """All that belongs to the exercise being watched."""

    exercise: Exercise
    saves: Saves
    examiner: Examiner
    stop: threading.Event = field(default_factory=threading.Event)
    follower: threading.Thread | None = None
    sha256: str = ""
    """Of the content that was graded last, or is being graded; "" if whatever is there must be."""
    unsettled_since: float | None = None
    report: Report | None = None
    hint: str = ""
    news: str = ""
    after: str = ""


class WatchRoom:
    """Waits for saves, keys and verdicts, takes them one after the other, and shows what is to be seen."""

    def __init__(
        self,
        course: Course,
        gradings: Gradings,
        events: queue.SimpleQueue[Any],
        display: Display,
        format: WatchFormat,
        device: str,
        opens: list[str],
    ) -> None:
        self._opens = opens
        self._opened = ""
        """The id of the check at whose place the editor was opened last."""
        self._course, self._gradings, self._events = course, gradings, events
        self._display, self._format, self._device = display, format, device
        self._bench: Bench | None = None
        self._listing = False
        self._keys = ""

    def watch(self, exercise: Exercise) -> None:
        """Until someone presses q.

        Raises:
            GraderError: if grading is impossible here, or the kit is at fault.
        """
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._display)
            keyboard = Keyboard(
                lambda key: self._events.put(Pressed(key)),
                leave=lambda number: self._events.put(Leave(number)),
                pause=lambda: self._events.put(Pause()),
            )
            stack.enter_context(keyboard)
            stack.callback(signal.signal, signal.SIGWINCH, signal.getsignal(signal.SIGWINCH))
            signal.signal(signal.SIGWINCH, lambda *_: self._events.put(Redraw()))
            if keyboard.works:
                keys = KEYS if self._display.redraws else KEYS_IN_WORDS
                self._keys = keys if keyboard.interactive else f"{keys}, each with Enter"
            bench = self._open(exercise)
            while True:
                match self._next_event(bench):
                    case Pressed("q" | "Q" | "\x04"):
                        return
                    case Pressed(key):
                        bench = self._press(key.lower(), bench)
                    case Leave(number):
                        raise ended_by(number)
                    case Pause():
                        keyboard.stop(suspend=self._display.suspend, resume=self._display.resume)
                        self._show(bench)
                    case Redraw():
                        self._show(bench)
                    case None | Saved():
                        self._look(bench)
                    case event:
                        self._hear(event, bench)

    def close(self) -> None:
        """End everything that runs beside."""
        self._gradings.close()
        if self._bench is not None:
            _close(self._bench)

    def farewell(self) -> str:
        """One line for the terminal that is left."""
        bench = self._bench
        if bench is None:
            return ""
        points = f": {bench.report.earned:g} of {bench.report.points:g} points" if bench.report else ""
        return f"{bench.exercise.label}{points}. To go on: grade watch {bench.exercise.label}"

    def _next_event(self, bench: Bench) -> Any:
        """The next event; None if it is time for a look."""
        now, patience = time.monotonic(), LOOK_S
        if bench.unsettled_since is not None and now - bench.unsettled_since < PATIENCE_S:
            patience = 0.05
        elif self._gradings.busy and now - self._gradings.since < NEWS_S:
            patience = NEWS_S
        try:
            return self._events.get(timeout=patience)
        except queue.Empty:
            return None

    # --- the exercise -------------------------------------------------------------------------------------------------

    def _open(self, exercise: Exercise) -> Bench:
        from grader.grading.examiner import Examiner
        from grader.grading.secret import new_seed
        from grader.submissions.endings import is_notebook
        from grader.submissions.own import own_file, own_places, shown
        from grader.submissions.saves import Saves, follow

        saves = Saves(own_places(exercise), own_file(exercise))
        # First of all: the zygote imports torch while everything below is imported here.
        # One seed: what changes between two verdicts is then the work, and not the questions.
        examiner = Examiner([exercise], device=self._device, seed=new_seed())
        self._gradings.prepare(examiner, notebook=is_notebook(saves.path))
        moment = "" if self._gradings.ready else " The first time takes a moment."
        news = f"Watching {shown(saves.path)}: save it, and it is checked.{moment}"
        examiner.load()
        bench = self._bench = Bench(exercise, saves, examiner, news=news)
        bench.follower = follow(saves.folders(), lambda: self._events.put(Saved()), bench.stop)
        self._show(bench)
        if not self._display.redraws and self._keys:
            self._display.show(self._keys)
        self._look(bench)
        return bench

    def _next_exercise(self, bench: Bench) -> Bench:
        from grader.reports.board import next_step

        rows = rows_of(self._course)
        ids = [row.id for row in rows]
        following = next_step(rows, bench.exercise.id) or rows[(ids.index(bench.exercise.id) + 1) % len(rows)]
        _close(bench)
        self._listing = False
        return self._open(self._course.find(following.id))

    # --- the file -----------------------------------------------------------------------------------------------------

    def _look(self, bench: Bench) -> None:
        """Grade the file if it is not what was graded last."""
        from grader.reports import lines
        from grader.submissions.own import shown
        from grader.submissions.work import check_is_file, of_bytes

        content = bench.saves.read()
        now = time.monotonic()
        if content:
            bench.unsettled_since = None
        else:
            # In the middle of being saved, perhaps: an editor may have moved it away, or emptied it.
            bench.unsettled_since = bench.unsettled_since or now
            if now - bench.unsettled_since < PATIENCE_S:
                return
        if content is None:
            bench.sha256 = ""  # once it is back, it is checked, whatever it is
            self._say(bench, f"{shown(bench.saves.path)} is not there; as soon as it is, it will be checked.")
        elif bench.sha256 != (sha256 := hashlib.sha256(content).hexdigest()):
            if self._gradings.ready:
                try:
                    check_is_file(bench.saves.path)
                except UsageError as error:
                    self._say(bench, str(error))
                    return
                bench.sha256 = sha256
                work = of_bytes(bench.saves.path.name, content)
                if self._format is WatchFormat.LINES:
                    self._display.show(f"{lines.BEGINS} {shown(bench.saves.path)}")
                self._gradings.begin(bench.examiner, bench.exercise, work)
        elif self._gradings.busy and now - self._gradings.since >= NEWS_S:
            self._say(bench, "Checking it now.")

    def _hear(self, event: Any, bench: Bench) -> None:
        """A verdict, or that the sandbox is ready."""
        from grader.reports.board import congratulation
        from grader.submissions import progress

        report = self._gradings.take(event)
        if report is not None:
            bench.report = report
            bench.news = f"checked at {time.strftime('%H:%M:%S')}"
            progress.remember(self._course.root, report, bench.saves.path.resolve())
            bench.after = congratulation(bench.exercise.id, rows_of(self._course)) if report.passed else ""
            if report.passed and bench.exercise.after_passing:
                bench.after += f"\n\n{bench.exercise.after_passing}"
            bench.hint = "" if report.passed else bench.hint
            self._listing = False
            self._show(bench)
            self._edit(bench, report)
        self._look(bench)

    def _edit(self, bench: Bench, report: Report) -> None:
        """Open the editor at the first thing to repair, if it is another than before."""
        from grader.reports.lines import first_line
        from grader.reports.watch import first_to_fix
        from grader.submissions.work import read

        first = first_to_fix(report)
        if not self._opens or first is None or first.id == self._opened:
            return
        self._opened = first.id
        path = bench.saves.path
        text = read(path).text if path.suffix == ".py" else ""
        show_at(self._opens, path, first_line(report, text))

    # --- the keys -----------------------------------------------------------------------------------------------------

    def _press(self, key: str, bench: Bench) -> Bench:
        match key:
            case "h":
                try:
                    bench.hint = next_hint(self._course, bench.exercise, Style.PLAIN)[1]
                except UsageError as error:
                    bench.hint = str(error)
                self._listing = False
                self._show(bench, only=bench.hint)
            case "n":
                return self._next_exercise(bench)
            case "l":
                self._listing = not self._listing or not self._display.redraws
                self._show(bench)
            case _ if self._listing:
                self._listing = False
                self._show(bench)
        return bench

    # --- the screen ---------------------------------------------------------------------------------------------------

    def _say(self, bench: Bench, news: str) -> None:
        if bench.news != news:
            bench.news = news
            self._show(bench, only=news)

    def _show(self, bench: Bench, only: str = "") -> None:
        """Draw the screen anew. Where nothing can be redrawn, print what is new only."""
        from grader.reports import board, plain, watch

        if only and not self._display.redraws:
            self._display.show(only)
            return
        if self._format is WatchFormat.LINES and not self._listing:
            self._display.show(self._in_lines(bench))
            return
        # A hint that was printed need not be printed with every verdict that follows.
        view = watch.View(
            title=bench.exercise.title,
            report=bench.report,
            news=bench.news,
            hint=bench.hint if self._display.redraws else "",
            after=bench.after,
            keys=self._keys if self._display.redraws else "",
        )
        in_colour = self._format is WatchFormat.TERMINAL
        if self._listing:
            rows = rows_of(self._course)
            text = watch.screen(board.render(rows), view) if in_colour else plain.board(rows)
        else:
            text = watch.screen(watch.render(view), view) if in_colour else plain.watch(view)
        self._display.show(text)

    def _in_lines(self, bench: Bench) -> str:
        from grader.reports.lines import Place, watched
        from grader.submissions.own import shown
        from grader.submissions.work import read

        if bench.report is None:
            return bench.news
        path = bench.saves.path
        text = read(path).text if path.suffix == ".py" else ""
        return "\n".join(filter(None, (watched(bench.report, Place(shown(path), text)), bench.after)))


def _close(bench: Bench) -> None:
    bench.stop.set()
    if bench.follower is not None:
        bench.follower.join(2)
