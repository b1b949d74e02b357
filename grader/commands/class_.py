"""grade class: a whole class, in parallel, resumable."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from grader.commands.console import complain, live, say
from grader.commands.exit_codes import Exit
from grader.commands.options import CORES, CourseOption, DeviceOption, IsolationOption, JobsOption
from grader.errors import UsageError
from grader.reports.gradebooks import Gradebook
from grader.reports.reveal import Reveal
from grader.text import counted

if TYPE_CHECKING:
    from grader.classroom.intake.roster import Roster
    from grader.classroom.moments import Moment
    from grader.classroom.plan import Planned
    from grader.classroom.record import ClassRecord
    from grader.classroom.store import GradeStore
    from grader.classroom.workforce import Graded, Terms, Workforce
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise
    from grader.grading.examiner import Examiner
    from grader.marks.ledger import Ledger
    from grader.reports.classroom.files import Wishes
    from grader.reports.classroom.tally import Tally


def class_(
    submissions: Annotated[
        Path | None, typer.Argument(help="A folder or zip that holds a folder, zip or file for each student.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the results; the same again goes on there.")
    ] = None,
    course: CourseOption = None,
    exercise: Annotated[list[str] | None, typer.Option(help="Grade this exercise only; may be repeated.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Grade this student only; may be repeated.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what was graded before.")] = False,
    reports_only: Annotated[
        bool, typer.Option("--reports-only", help="Grade nothing; write the reports anew.")
    ] = False,
    policy: Annotated[
        Path | None, typer.Option(help="What verdicts come to; unless said, policy.toml beside SUBMISSIONS.")
    ] = None,
    times: Annotated[
        Path | None, typer.Option(help="When work came; unless said, times.csv beside SUBMISSIONS.")
    ] = None,
    title: Annotated[str, typer.Option(help="What reports call the class; kept for the next run.")] = "",
    reveal: Annotated[
        Reveal, typer.Option(help="What students' feedback shows of hidden checks: none, titles, mistakes or all.")
    ] = Reveal.MISTAKES,
    roster: Annotated[
        Path | None, typer.Option(help="CSV of who is enrolled; without it, roster.csv among the submissions.")
    ] = None,
    gradebook: Annotated[
        list[Gradebook] | None, typer.Option(help="Write the marks in a platform's columns, too; may be repeated.")
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Pseudonyms in reports; pseudonyms.csv says whose they are.")
    ] = False,
    jobs: JobsOption = CORES,
    gpu_jobs: Annotated[int, typer.Option(min=1, help="How many submissions may share a GPU.")] = 1,
    cluster: Annotated[str, typer.Option(help="Grade on the workers of the dask scheduler at this address.")] = "",
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
    allow_unsafe: Annotated[
        bool, typer.Option("--allow-unsafe", help="Grade even where nothing confines the submissions.")
    ] = False,
) -> None:
    """For instructors: grade a whole class. Started again, it goes on where it was stopped."""
    from grader.classroom import again, plan, workforce
    from grader.classroom.from_store import class_record
    from grader.classroom.intake.enrolled import roster_at, roster_in, with_roster
    from grader.classroom.intake.roster import Roster, opened
    from grader.classroom.store import GradeStore
    from grader.exercises.course import find_course
    from grader.grading import devices
    from grader.grading.secret import secret_of
    from grader.marks import intake
    from grader.marks.case import NAMES
    from grader.marks.ledger import REVEAL, ledger_of
    from grader.reports.classroom.files import Wishes
    from grader.reports.classroom.tally import Tally

    found = find_course(course)
    wishes = Wishes(reveal, tuple(dict.fromkeys(gradebook or ())), anonymous)
    if reports_only:
        _write_anew(found, output or submissions, title, wishes, (policy, times))
    if submissions is None or output is None:
        raise UsageError("Say what to grade and where the results go: grade class SUBMISSIONS -o RESULTS")
    if output.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"{output} lies inside {submissions}, and would be taken for a student next time.")
    devices.check_form(device)
    names = {name: e.id for e in found.exercises() for name in (e.id, e.label)}
    beside = intake.found(submissions, policy, times, names)
    asked = [found.find(name).id for name in exercise or ()]
    wanted = [e for e in found.exercises() if not asked or e.id in asked]
    secret = secret_of(found.root)
    with ExitStack() as stack:
        items = stack.enter_context(opened(submissions))
        enrolled = roster_at(roster) if roster else roster_in(items)
        present = Roster(items, found.exercises(), asked)
        _check_somebody_is_there(present, submissions)
        for doubt in present.doubts():
            complain(doubt)
        there = present.exercises
        needed = [e for e in wanted if asked or e.id in there]
        terms = workforce.Terms(
            device=device,
            isolation=isolation,
            allow_unsafe=allow_unsafe,
            jobs=jobs,
            gpu_jobs=gpu_jobs,
            submissions=len(present) * len(needed),
        )
        examiner, force = _hire(stack, needed, secret, terms, cluster)
        store = stack.enter_context(closing(GradeStore(output)))
        if store.set_aside:
            complain(f"{output}/grades.db was damaged: it is kept as {store.set_aside.name}, and all is graded anew.")
        if fresh and not asked and not only:
            store.forget_everything()
        infos = plan.infos(found.exercises(), asked)
        facts = {"title": title or store.meta("title"), "secret": plan.secret_id(secret), NAMES: json.dumps(names)}
        moments: dict[tuple[str, str], Moment] = {}
        pupils = with_roster(plan.noting_moments(present.pupils(), moments), enrolled)
        store.register(pupils, infos, present.unread, facts, asked=bool(asked))
        for doubt in intake.keep(beside, output, store, moments, [info.id for info in infos.values()]):
            complain(doubt)
        students = plan.chosen_students(store, only or [])
        needed_ids = {e.id for e in needed}
        handed = [h for h in store.handed_in() if h.student in students and h.exercise in needed_ids]
        if fresh:
            store.forget(handed)
        planned = plan.plan(handed, {e.id: e for e in needed}, force, device, secret)
        pending = plan.unfinished(planned, store.finished())
        _grade(store, pending, len(planned), force, examiner, output)
        if once_more := again.pending(store, {e.id: e for e in needed}, force, device, secret):
            say(f"{counted(len(once_more), 'work')} with a mistake without a name asked once more, with common inputs:")
            tally = Tally(total=len(once_more), kept=0)
            _watch(again.ask(store, once_more, force, examiner), tally, output)
        record = class_record(store, found.exercises())
        store.know({REVEAL: reveal})
        ledger = ledger_of(record, store, output)
    _deliver(record, ledger, output, wishes)


def _check_somebody_is_there(roster: Roster, submissions: Path) -> None:
    if len(roster):
        return
    for sentence in roster.unread[:5]:
        complain(sentence)
    raise UsageError(f"There is no student in {submissions}: it should hold a folder, a zip or a file for each.")


def _hire(
    stack: ExitStack, exercises: list[Exercise], secret: bytes, terms: Terms, cluster: str
) -> tuple[Examiner, Workforce]:
    """Those who grade, for as long as the stack is open, and an examiner to write down what they could not."""
    from grader.classroom.workforce import threads
    from grader.grading.examiner import Examiner

    examiner = Examiner(exercises, secret=secret, device=terms.device)
    if not cluster:
        # Before everything else that takes time: the zygote imports torch meanwhile.
        sandbox = examiner.open_sandbox(terms.isolation, submissions=terms.submissions)
        stack.callback(sandbox.close)
        force = stack.enter_context(closing(threads(examiner.load(), sandbox, terms)))
        if terms.jobs > 1 and not sandbox.apart:
            complain(
                "One submission is graded at a time: without namespaces, and without root, the processes of one could "
                "use up what another's threads need."
            )
        return examiner, force
    try:
        from grader.classroom.cluster.hire import Cluster
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--cluster needs the package {error.name}. Install the extra: pip install 'torch-exercise-grader[cluster]'"
        ) from None
    return examiner.load(), stack.enter_context(closing(Cluster(cluster, exercises, secret, terms)))


def _grade(
    store: GradeStore, pending: Sequence[Planned], known: int, force: Workforce, examiner: Examiner, output: Path
) -> None:
    """Grade what is pending, each verdict written as soon as it is there."""
    from grader.classroom import plan
    from grader.classroom.workforce import grade_all
    from grader.reports.classroom.tally import Tally

    keys = {(p.handed.student, p.handed.exercise): p.key for p in pending}

    def recorded() -> Generator[Graded]:
        for graded in grade_all(plan.queues(pending, store), force, examiner):
            store.record(graded, keys[graded.task.student, graded.task.exercise])
            yield graded

    _watch(recorded(), Tally(total=len(pending), kept=known - len(pending)), output)


def _watch(graded: Generator[Graded], tally: Tally, output: Path) -> None:
    """Count what is graded, and say how far it has come."""
    started = time.monotonic()

    def seconds() -> float:
        return time.monotonic() - started

    try:
        # Closed here and now if it is interrupted, while the store is still open for what it keeps.
        with closing(graded), live(lambda: tally.render(seconds()), lambda: tally.line(seconds())) as news:
            for one in graded:
                tally.count(one.report)
                news()
    except KeyboardInterrupt:
        complain(f"{tally.done} of {tally.total} were graded and are kept in {output}. The same command goes on there.")
        raise


def _write_anew(
    course: Course, results: Path | None, title: str, wishes: Wishes, told: tuple[Path | None, Path | None]
) -> None:
    from grader.classroom.from_store import class_record
    from grader.classroom.store import GradeStore
    from grader.marks import intake
    from grader.marks.case import names_of
    from grader.marks.ledger import REVEAL, ledger_of

    if results is None:
        raise UsageError("Say whose reports: grade class --reports-only RESULTS")
    with closing(GradeStore(results, write=False)) as store:
        store.know({"title": title} if title else {})
        record = class_record(store, course.exercises())
        if any(told):
            for doubt in intake.keep(intake.found(None, *told, names_of(store)), results, store, {}):
                complain(doubt)
        store.know({REVEAL: wishes.reveal})
        ledger = ledger_of(record, store, results)
    _deliver(record, ledger, results, wishes)


def _deliver(record: ClassRecord, ledger: Ledger, output: Path, wishes: Wishes) -> NoReturn:
    """Write every report, say what it came to, and end as that says."""
    from grader.classroom.pseudonyms import anonymous
    from grader.reports.classroom.files import known_pseudonyms, write_all
    from grader.reports.classroom.summary import render

    written = write_all(record, output, wishes, ledger)
    say("")
    say(render(anonymous(record, known_pseudonyms(output)) if wishes.anonymous else record))
    say(f"\n{len(written)} files written to {output}. Open {output / 'class.html'} first.")
    raise typer.Exit(_exit_code(record))


def _exit_code(record: ClassRecord) -> Exit:
    reports = [report for student in record.students for report in student.reports.values()]
    if any(report.our_fault for report in reports):
        return Exit.OUR_FAULT
    return Exit.ALL_PASSED if all(report.passed for report in reports) else Exit.NOT_ALL
