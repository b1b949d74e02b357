"""The served page's addresses: which shows what, and which writes what. Handlers run one after the other."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from grader.errors import GraderError, UsageError
from grader.marks import journal, speech
from grader.marks.case import Case
from grader.marks.journal import Clash
from grader.marks.words import Word
from grader.reports.classroom import page
from grader.reports.marks.explain import headline
from grader.served import views
from grader.served.guard import BODY_CAP, Guard
from grader.served.workbook import NOBODY, Workbook

Regrade = Callable[[str, str], str]
"""Grades a student's work for an exercise again; a sentence about what came of it."""
_JSON: Final = "application/json"
_Sent = TypeVar("_Sent")


class Said(Struct, forbid_unknown_fields=True):
    """What the page's script sends to have something said.

    Attributes:
        who: the person.
        seen: the number of the last word that the page knows of; -1: it is said in any case.
        kind: points, comment, or note.
        exercise: the exercise's id; "": the mark as a whole.
        stem: the student's address, "" if it is said of a group.
        group: of equal mistakes, "" if it is said of a student.
        check: of the exercise, "" for the whole.
        save_as: keeps the comment under this name, if there is one.
    """

    who: str
    seen: int
    kind: str
    exercise: str = ""
    stem: str = ""
    group: str = ""
    check: str = ""
    points: str = ""
    text: str = ""
    save_as: str = ""


class Withdrawn(Struct, forbid_unknown_fields=True):
    """That a word is taken back; see `Said`."""

    who: str
    seen: int
    number: int


class Again(Struct, forbid_unknown_fields=True):
    """That a work is to be graded again."""

    stem: str
    exercise: str


class Pages:
    """Answers requests.

    Args:
        book: the class.
        regrade: grades one work again; it may take its time, in another thread.
        who: the person, unless the page's reader is somebody else.
    """

    def __init__(self, book: Workbook, regrade: Regrade, who: str) -> None:
        self._book, self._regrade, self._who = book, regrade, who

    def routes(self) -> list[Route]:
        """Every address."""
        shown = {
            "/": self._queue,
            "/class": self._class,
            "/student/{stem}": self._student,
            "/feedback/{stem}.html": self._student,  # where the class page leads, as it lies in the results
            "/work/{stem}/{exercise}": self._work,
            "/group/{group}": self._group,
        }
        written = {"/say": self._say, "/withdraw": self._withdraw, "/regrade": self._again}
        return [
            *(Route(path, _answering(handler)) for path, handler in shown.items()),
            *(Route(path, _answering(handler), methods=["POST"]) for path, handler in written.items()),
        ]

    # --- what is shown ------------------------------------------------------------------------------------------

    async def _queue(self, request: Request) -> Response:
        self._book.refresh()
        return HTMLResponse(views.queue(self._book, self._who))

    async def _class(self, request: Request) -> Response:
        # The page may come from a file: no other script than ours runs in it.
        headers = {"content-security-policy": page.policy()}
        if old := self._book.old_class_page():  # at once; reading a large class anew takes a while
            return HTMLResponse(old, headers=headers, background=BackgroundTask(self._catch_up))
        self._book.refresh()
        return HTMLResponse(await run_in_threadpool(self._book.class_page), headers=headers)

    async def _catch_up(self) -> None:
        self._book.refresh()
        await run_in_threadpool(self._book.class_page)

    async def _student(self, request: Request) -> Response:
        self._book.refresh()
        return HTMLResponse(views.student(self._book, self._book.case(request.path_params["stem"]), self._who))

    async def _work(self, request: Request) -> Response:
        self._book.refresh()
        case, exercise = self._case(request.path_params["stem"], request.path_params["exercise"])
        return HTMLResponse(views.work(self._book, case, exercise, self._who))

    async def _group(self, request: Request) -> Response:
        self._book.refresh()
        return HTMLResponse(views.group(self._book, self._book.group(request.path_params["group"]), self._who))

    # --- what is written ----------------------------------------------------------------------------------------

    async def _say(self, request: Request) -> Response:
        said = await _read(request, Said)
        self._book.refresh()
        who, seen = journal.person(said.who), None if said.seen < 0 else said.seen
        cases, exercise, check = self._meant(said)
        if said.kind == "points":
            words = speech.adjustments(cases, exercise, check, said.points, said.text, who)
        elif said.kind in ("comment", "note"):
            private = said.kind == "note"
            words = speech.comments(cases, exercise, check, said.text, who, private=private)
        else:
            raise UsageError("It is neither points, nor a comment, nor a note.")
        found = self._book.say(words, seen)
        if said.save_as.strip():
            self._book.save_comment(said.save_as, said.text, who)
        return self._saved(found)

    async def _withdraw(self, request: Request) -> Response:
        asked = await _read(request, Withdrawn)
        self._book.refresh()
        seen = None if asked.seen < 0 else asked.seen
        return self._saved(self._book.withdraw(asked.number, journal.person(asked.who), seen))

    async def _again(self, request: Request) -> Response:
        asked = await _read(request, Again)
        self._book.refresh()
        case, exercise = self._case(asked.stem, asked.exercise)
        sentence = await run_in_threadpool(self._regrade, case.student, exercise)
        self._book.refresh()
        return _json({"said": sentence})

    def _case(self, stem: str, exercise: str) -> tuple[Case, str]:
        case = self._book.case(stem)
        if exercise not in {info.id for info in self._book.record.exercises}:
            raise UsageError(NOBODY)
        return case, exercise

    def _meant(self, said: Said) -> tuple[list[Case], str, str]:
        """Of whom something is said, of which exercise, and of which check: of a group, the one that it lost."""
        if said.group:
            group = self._book.group(said.group)
            return [self._book.cases[name] for name in group.students], group.exercise, said.check or group.check
        if not said.exercise:
            return [self._book.case(said.stem)], "", said.check
        case, exercise = self._case(said.stem, said.exercise)
        return [case], exercise, said.check

    def _saved(self, words: list[Word]) -> Response:
        first = self._book.cases.get(words[0].student)
        mark = headline(self._book.mark(first)) if first is not None else ""
        return _json({"said": "Saved.", "number": words[-1].number, "count": len(words), "mark": mark})


def served(book: Workbook, regrade: Regrade, *, who: str, token: str, port: int) -> Guard:
    """The page as an ASGI application that answers whoever knows the token."""
    return Guard(Starlette(routes=Pages(book, regrade, who).routes()), token, port)


def _answering(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """The handler; what cannot be done is answered with a sentence."""

    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        shown = request.method in ("GET", "HEAD")
        try:
            return await handler(request)
        except Clash as clash:
            news = [views.plain(word) for word in clash.words]
            return _json({"error": str(clash), "news": news, "seen": clash.words[-1].number}, 409)
        except UsageError as error:
            return HTMLResponse(views.problem(str(error)), 404) if shown else _json({"error": str(error)}, 400)
        except GraderError as error:
            sentence = f"{error} No work was marked down."
            return HTMLResponse(views.problem(sentence), 500) if shown else _json({"error": sentence}, 500)

    return answer


async def _read(request: Request, kind: type[_Sent]) -> _Sent:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_CAP:
            raise UsageError("What is sent is too long.")
    try:
        return msgspec.json.decode(bytes(body), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise UsageError("What was sent is not what this page sends. Load it anew.") from None


def _json(answer: dict[str, Any], status: int = 200) -> Response:
    return Response(msgspec.json.encode(answer), status, media_type=_JSON)
