"""grade desk: a page to work on a class, served on this machine alone."""

from __future__ import annotations

import secrets
import signal
import socket
from contextlib import closing
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.console import flush, say
from grader.commands.marking import WhoOption
from grader.commands.options import CourseOption, DeviceOption, IsolationOption
from grader.errors import UsageError

if TYPE_CHECKING:
    import uvicorn

    from grader.classroom.workforce import Terms
    from grader.exercises.course import Course
    from grader.served.app import Regrade


def desk(
    results: Annotated[Path, typer.Argument(help="The results folder of grade class.")],
    course: CourseOption = None,
    who: WhoOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0: wherever is free.")] = 0,
    device: DeviceOption = "auto",
    isolation: IsolationOption = "auto",
    allow_unsafe: Annotated[
        bool, typer.Option("--allow-unsafe", help="Grade again even where nothing confines the submissions.")
    ] = False,
) -> None:
    """For instructors: a page to work on in your browser: what needs you, code beside reports, comments and points."""
    try:
        import uvicorn

        from grader.served.app import served
    except ModuleNotFoundError as error:
        raise UsageError(
            f"grade desk needs the package {error.name}. Install the extra: pip install 'torch-exercise-grader[desk]'"
        ) from None
    from grader.classroom.workforce import Terms
    from grader.exercises.course import find_course
    from grader.marks import journal
    from grader.served.workbook import Workbook

    found = find_course(course)
    terms = Terms(device=device, isolation=isolation, allow_unsafe=allow_unsafe, jobs=1, gpu_jobs=1, submissions=1)
    name, token = journal.person(who), secrets.token_urlsafe(24)
    with closing(Workbook(results, found)) as book, closing(_listening(port)) as listening:
        port = listening.getsockname()[1]
        page = served(book, _regrading(results, found, terms), who=name, token=token, port=port)
        book.class_page()  # is begun before somebody asks for it
        say(f"Open http://127.0.0.1:{port}/{token}/ in a browser on this machine. Ctrl-C ends it.")
        say("Whoever has this address can read and write marks: keep it to yourself.")
        flush()
        config = uvicorn.Config(
            page, log_level="warning", access_log=False, lifespan="off", server_header=False, date_header=False
        )
        server = uvicorn.Server(config)
        leave = partial(_leave, server)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the pages are written then, too
            signal.signal(number, leave)
        server.run(sockets=[listening])
        signal.signal(signal.SIGINT, signal.default_int_handler)  # who presses Ctrl-C once more will not wait
        written = book.write()
    say(f"{len(written)} files written to {results}.")


def _listening(port: int) -> socket.socket:
    """A socket that only this machine can reach."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(("127.0.0.1", port))
        made.listen()  # at once: whoever opens the address that is printed waits, and is not refused
    except OSError as error:
        made.close()
        raise UsageError(f"Port {port} cannot be listened on: {error.strerror}. Leave out --port.") from None
    return made


def _regrading(results: Path, course: Course, terms: Terms) -> Regrade:
    from grader.classroom import replays
    from grader.grading.secret import secret_of

    def regrade(student: str, exercise: str) -> str:
        before, after = replays.regraded(results, student, course.find(exercise), secret_of(course.root), terms)
        if after.our_fault:
            return "Something of ours failed again; it costs no points."
        return f"Graded again: it was {before.earned:g} points, and is {after.earned:g}."

    return regrade


def _leave(server: uvicorn.Server, number: int, frame: FrameType | None) -> None:
    """Ask the server to end. An exception would be raised wherever the program stands just then: within an answer,
    the server writes it down as that answer's fault and goes on."""
    server.should_exit = True
