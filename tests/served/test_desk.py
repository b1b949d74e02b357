"""`grade desk` in a real browser and against whoever else asks: what it saves is saved, and nobody else gets in."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_core_python.selenium import Axe
from browser import ask, console, opened
from class_records import HOSTILE, SCRIPT, hostile_report
from marked import EX13, class_of, grade, verdict
from msgspec.structs import replace
from patience import until
from places import ROOT
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By

from grader.classroom.store import GradeStore
from grader.exercises.course import Course
from grader.marks import journal
from grader.marks.case import case_of, exercise_id
from grader.marks.journal import Journal
from grader.marks.words import Word
from grader.reports.classroom.page import FILE as CLASS_PAGE
from grader.results import CheckResult, Status
from grader.served.class_page import OLD
from grader.served.workbook import Workbook

pytestmark = pytest.mark.slow
NAMES = ("ada", "bob", "cem")
CODE = "\n\ndef gradient_at(x, y):\n    return 1 / 0  # here\n"
RAISED = CheckResult(
    id="known_point", title="gradient_at(1.2, 3.4) is right", points=5, earned=0, status=Status.ERROR,
    message="Your code raised ZeroDivisionError: division by zero",
    evidence={"asked": "gradient_at(1.2, 3.4)", "error": "ZeroDivisionError",
              "where": f"{EX13.id}.py:6, in gradient_at"},
)  # fmt: skip


@dataclass
class Served:
    """A desk that is open: its address, with the token."""

    process: subprocess.Popen[str]
    results: Path
    address: str

    @property
    def origin(self) -> str:
        return self.address[: self.address.index("/", 8)]

    def post(self, where: str, what: dict[str, Any], **headers: str) -> httpx.Response:
        sent = {"origin": self.origin, "content-type": "application/json", **headers}
        return httpx.post(
            self.address + where, content=json.dumps(what), headers={k: v for k, v in sent.items() if v}, timeout=60
        )

    def words(self) -> list[Word]:
        with closing(Journal(self.results)) as book:
            return book.words()


@contextmanager
def serving(results: Path, first: str = "") -> Iterator[Served]:
    """A desk in a process of its own, which runs the statement `first` before anything else."""
    command = [sys.executable, "-c", f"{first}\nfrom grader.cli import main; main()"]
    command += ["desk", str(results), "--as", "Lee"]
    secret = {**os.environ, "GRADE_SECRET": "s"}
    with subprocess.Popen([*command, "--course", str(ROOT)], stdout=subprocess.PIPE, text=True, env=secret) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/", process.stdout.readline())
            assert address is not None
            served = Served(process, results, address[0])
            assert until(lambda: answers(served))
            yield served
        finally:
            process.kill()


def answers(served: Served) -> bool:
    try:
        return httpx.get(served.address, timeout=60).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with opened() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Served]:
    plain = verdict(EX13, 5, 2)
    lost = replace(plain, checks=(plain.checks[0], RAISED), earned=5)
    with serving(class_of(tmp_path / "results", *NAMES, code=CODE, lost=lost)) as served:
        yield served


def press(browser: Chrome, *keys: str) -> None:
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def told(browser: Chrome) -> str:
    return str(ask(browser, "return document.getElementById('told')?.textContent ?? ''"))


def saved(browser: Chrome, words: str) -> None:
    assert until(lambda: words in told(browser)), told(browser)


def test_a_queue_is_worked_through_with_the_keyboard_alone(desk: Served, browser: Chrome) -> None:
    browser.get(desk.address)
    assert "Needs a person: 1" in browser.find_element(By.ID, "queue").text
    browser.get(f"{desk.address}work/ada/{EX13.id}")
    marked = browser.find_elements(By.CSS_SELECTOR, ".code tr.lost")
    assert [row.find_element(By.CSS_SELECTOR, "td.n").text for row in marked] == ["6"]
    assert "gradient_at(1.2, 3.4) is right" in marked[0].text
    assert browser.find_elements(By.CSS_SELECTOR, '.code [class^="t-k"]')
    press(browser, "c")
    press(browser, *"Divide by x.", "j")  # a key of the page is a letter in a field
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    saved(browser, "Saved. The mark: 25 of 30.")
    press(browser, "p")
    press(browser, *"+2", Keys.TAB, *"idea")
    press(browser, Keys.ENTER)
    saved(browser, "Saved. The mark: 27 of 30.")
    press(browser, "j")
    assert until(lambda: "/work/bob/" in browser.current_url)
    press(browser, "k")
    assert until(lambda: "/work/ada/" in browser.current_url)
    assert "Divide by x.j" in browser.find_element(By.TAG_NAME, "main").text
    press(browser, "q")
    assert until(lambda: browser.current_url == desk.address)
    assert [(word.student, word.who, word.kind, word.text, word.points) for word in desk.words()] == [
        ("ada", "Lee", "comment", "Divide by x.j", ""),
        ("ada", "Lee", "points", "idea", "2"),
    ]
    assert not console(browser)


def test_a_group_is_spoken_to_at_once_with_a_saved_comment_and_taken_back(desk: Served, browser: Chrome) -> None:
    browser.get(desk.address)
    browser.find_element(By.PARTIAL_LINK_TEXT, "3 students, ex13").click()
    assert until(lambda: "/group/" in browser.current_url)
    browser.find_element(By.ID, "text").send_keys("1 / 0 has no value.")
    browser.find_element(By.ID, "save-as").send_keys("zero")
    browser.find_element(By.CSS_SELECTOR, "#comment-form button").click()
    saved(browser, "Saved for 3 students.")
    assert [word.student for word in desk.words()] == list(NAMES)
    assert len({word.batch for word in desk.words()}) == 1
    browser.get(f"{desk.address}student/bob")
    options = browser.find_elements(By.CSS_SELECTOR, "#saved option")
    options[[option.text for option in options].index("zero")].click()
    assert browser.find_element(By.ID, "text").get_property("value") == "1 / 0 has no value."
    browser.get(f"{desk.address}work/bob/{EX13.id}")
    browser.find_element(By.CSS_SELECTOR, ".withdraw").click()
    saved(browser, "Taken back.")
    assert not browser.find_elements(By.CSS_SELECTOR, ".withdraw")
    browser.get(desk.address)
    assert "Needs a person: 1" in browser.find_element(By.ID, "queue").text  # bob's is open again
    assert not console(browser)


def test_one_work_is_graded_again_and_what_was_said_stays(desk: Served, browser: Chrome) -> None:
    what = {
        "who": "Lee",
        "seen": 0,
        "kind": "points",
        "points": "2",
        "text": "kept",
        "exercise": EX13.id,
        "stem": "ada",
    }
    assert desk.post("say", what).status_code == 200
    browser.get(f"{desk.address}work/ada/{EX13.id}")
    press(browser, "r")
    saved(browser, "Graded again: it was 5 points, and is 0.")
    notice = browser.find_element(By.CSS_SELECTOR, "main > .notice.bad").text
    assert notice == "When Lee spoke of ex13, the verdict was 5 points; now it is 0 points."
    assert "kept" in browser.find_element(By.CSS_SELECTOR, ".words").text
    browser.get(desk.address)
    assert "The verdict changed beneath what somebody said" in browser.find_element(By.TAG_NAME, "main").text
    assert len(desk.words()) == 1


def test_two_people_at_once_lose_nothing_and_are_told(desk: Served, browser: Chrome) -> None:
    work = f"{desk.address}work/cem/{EX13.id}"
    with opened() as other:
        for each, name in ((browser, "Lee"), (other, "Kim")):
            each.get(work)
            field = each.find_element(By.ID, "who")
            field.clear()
            field.send_keys(name, Keys.TAB)
            each.find_element(By.ID, "points").send_keys("1")
            each.find_element(By.ID, "why").send_keys(f"says {name}")
        browser.find_element(By.CSS_SELECTOR, "#points-form button").click()
        saved(browser, "Saved. The mark: 26 of 30.")
        other.find_element(By.CSS_SELECTOR, "#points-form button").click()
        saved(other, "Meanwhile Lee has said something about the same work.")
        assert "points 1 says Lee" in told(other)
        assert [word.who for word in desk.words()] == ["Lee"]
        assert other.find_element(By.ID, "why").get_property("value") == "says Kim"  # what was typed is still there
        other.find_element(By.CSS_SELECTOR, "#points-form button").click()
        saved(other, "Saved. The mark: 27 of 30.")
    assert [(word.who, word.text) for word in desk.words()] == [("Lee", "says Lee"), ("Kim", "says Kim")]
    browser.execute_script("sessionStorage.clear()")  # type: ignore[no-untyped-call]


def test_hostile_text_in_every_field_stays_text_and_everybody_can_read_the_pages(
    tmp_path: Path, browser: Chrome
) -> None:
    report = replace(hostile_report(HOSTILE), exercise=EX13.id, title=HOSTILE, points=10, problem=None)
    code = f"'''{HOSTILE}'''\n# {HOSTILE}\n</code></td></tr></table>{SCRIPT}\n\x1b[31m\u202e\n"
    results = class_of(tmp_path / "results", HOSTILE, f"{HOSTILE}2", code=code, title=HOSTILE, lost=report)
    with closing(GradeStore(results, write=False)) as store, closing(Journal(results)) as book:
        name = store.students()[0].name
        case, id_ = case_of(store, book, name), exercise_id(store, "13")
        fields = {"student": name, "exercise": id_, "at": journal.now(), "who": SCRIPT, "batch": "b"}
        for kind in ("comment", "note", "points"):
            points = "1" if kind == "points" else ""
            book.say([Word(id=journal.new_id(), kind=kind, text=HOSTILE, points=points, check=SCRIPT, **fields)])  # type: ignore[arg-type]
        book.save_comment("'\"><script>document.title='owned'</script>", HOSTILE, SCRIPT)
        book.take_policy("", SCRIPT)
        assert case.reports
    with serving(results) as served:
        browser.get(served.address)
        works = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "main a")]
        assert any("/work/" in str(link) for link in works)
        assert any("/student/" in str(link) for link in works)
        stem = next(str(link).rpartition("/")[2] for link in works if "/student/" in str(link))
        pages = ["", "class", f"work/{stem}/{EX13.id}", f"student/{stem}", "work/nobody/ex13"]
        pages += [str(link).removeprefix(served.address) for link in works if "/group/" in str(link)][:1]
        for width, scheme in ((1280, "light"), (400, "dark")):
            browser.set_window_size(width, 900)
            colours = [{"name": "prefers-color-scheme", "value": scheme}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": colours})
            for page in pages:
                browser.get(served.address + page)
                assert browser.title != "owned"
                assert not ask(
                    browser, "return document.querySelectorAll('img, iframe, main script, [onerror]').length"
                )
                if page != "work/nobody/ex13":
                    assert not console(browser), page
                overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page == "class" or ask(browser, overflow) <= 0, page
                if page != "class":  # its own tests look at it
                    found = Axe().run(browser)["violations"]  # type: ignore[no-untyped-call]
                    assert [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found] == [], (
                        page
                    )
                console(browser)
        browser.set_window_size(1280, 900)
        browser.get(f"{served.address}work/{stem}/{EX13.id}")
        browser.find_element(By.ID, "text").send_keys(SCRIPT)
        browser.find_element(By.CSS_SELECTOR, "#comment-form button").click()
        saved(browser, "Saved.")
        assert browser.title != "owned"
        assert served.words()[-1].text == SCRIPT


def test_requests_without_the_token_or_from_elsewhere_are_refused(desk: Served) -> None:
    what = {"who": "eve", "seen": -1, "kind": "points", "points": "5", "exercise": EX13.id, "stem": "ada"}
    other = {"origin": "http://evil.example"}
    for path in ("/", "/class", "/say", "/x/", f"/{desk.address.split('/')[3][:-1]}/", "//", "/%2e%2e/"):
        assert httpx.get(desk.origin + path, timeout=60).status_code == 403
    for headers in (
        other, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"host": "evil.example"},
        {"host": "evil.example:80"}, {"origin": "null"}, {"origin": "http://127.0.0.1"},
    ):  # fmt: skip
        assert httpx.get(desk.address, headers=headers, timeout=60).status_code == 403, headers
        assert desk.post("say", what, **headers).status_code == 403, headers
    for headers in (
        {"origin": ""},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
    ):
        assert desk.post("say", what, **headers).status_code == 403, headers
    assert httpx.post(desk.address + "say", data=what, headers={"origin": desk.origin}, timeout=60).status_code == 403
    assert desk.post("say", {**what, "text": "x" * 300_000}).status_code == 403
    assert httpx.get(desk.address + "say", timeout=60).status_code == 405
    answer = httpx.get(desk.address, timeout=60)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers
    assert "default-src &#39;none&#39;" in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert desk.words() == []
    assert desk.post("say", what).status_code == 200


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"points": "x"}, "no number of points"),
        ({"check": "nothing"}, "has no check 'nothing'"),
        ({"stem": "eve"}, "no such student"),
        ({"exercise": "ex99"}, "no such student or exercise"),
        ({"group": "m0"}, "no group of mistakes"),
        ({"kind": "shout"}, "neither points"),
        ({"who": ""}, "Say who you are"),
        ({"kind": "comment", "text": " "}, "The comment is empty"),
        ({"colour": "red"}, "not what this page sends"),
        ({"seen": "x"}, "not what this page sends"),
    ],
)
def test_what_cannot_be_said_is_answered_with_a_sentence(shared: Served, change: dict[str, str], sentence: str) -> None:
    what = {"who": "Lee", "seen": -1, "kind": "points", "points": "5", "exercise": EX13.id, "stem": "ada", **change}
    answer = shared.post("say", what)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert shared.words() == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(class_of(tmp_path_factory.mktemp("shared") / "results", *NAMES)) as served:
        yield served


def test_a_kill_while_saving_loses_nothing_that_was_confirmed(desk: Served) -> None:
    confirmed: list[str] = []

    def speak(name: str) -> None:
        number = 0
        while True:
            text = f"{name} {number}"
            what = {"who": name, "seen": -1, "kind": "comment", "text": text, "exercise": EX13.id, "stem": name}
            try:
                if desk.post("say", what).status_code == 200:
                    confirmed.append(text)
            except httpx.HTTPError:
                return
            number += 1

    speakers = [threading.Thread(target=speak, args=(name,)) for name in NAMES]
    for speaker in speakers:
        speaker.start()
    assert until(lambda: len(confirmed) >= 30)
    desk.process.send_signal(signal.SIGKILL)
    for speaker in speakers:
        speaker.join()
    kept = {word.text for word in desk.words()}
    assert set(confirmed) <= kept
    assert len(kept) - len(confirmed) <= len(NAMES)  # at most one each was written and not confirmed any more


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_when_it_is_closed_the_pages_and_gradebooks_are_written_anew(desk: Served, ending: signal.Signals) -> None:
    what = {
        "who": "Lee",
        "seen": 0,
        "kind": "points",
        "points": "2",
        "text": "Nice",
        "exercise": EX13.id,
        "stem": "bob",
    }
    assert desk.post("say", what).json()["mark"] == "27 of 30"
    with closing(Journal(desk.results)) as elsewhere:  # somebody at a terminal
        said = elsewhere.say([replace(desk.words()[0], id="of another", student="cem", who="Kim")])
    assert until(lambda: "Kim" in httpx.get(f"{desk.address}work/cem/{EX13.id}", timeout=60).text)
    assert said[0].number == 2
    desk.process.send_signal(ending)
    assert desk.process.wait(120) == 0
    rows = {row["student"]: row for row in csv.DictReader(gradebook(desk.results).splitlines())}
    assert {name: row["mark"] for name, row in rows.items()} == {"ada": "25", "bob": "27", "cem": "27"}
    assert "Nice" in (desk.results / "feedback" / "bob.html").read_text(encoding="utf-8")
    assert "Nice" in (desk.results / "adjustments.csv").read_text(encoding="utf-8")


ENDS_WITHIN_ITS_SECOND_ANSWER = """
import os, grader.served.app as app
made, calls = app.served, []
def served(*args, **kwargs):
    page = made(*args, **kwargs)
    async def answering(scope, receive, send):
        calls.append(1)
        if len(calls) == 2:
            os.kill(os.getpid(), %d)
        await page(scope, receive, send)
    return answering
app.served = served
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_desk_that_is_closed_within_an_answer_answers_and_ends(tmp_path: Path, ending: signal.Signals) -> None:
    results = class_of(tmp_path / "results", *NAMES, code=CODE)
    with serving(results, ENDS_WITHIN_ITS_SECOND_ANSWER % ending) as desk:
        assert httpx.get(desk.address, timeout=60).status_code == 200
        assert desk.process.wait(120) == 0
    assert "ada" in gradebook(results)


def gradebook(results: Path) -> str:
    return (results / "gradebook.csv").read_text(encoding="utf-8-sig")


def test_a_class_page_that_somebody_has_meddled_with_runs_no_script(tmp_path: Path, browser: Chrome) -> None:
    results = class_of(tmp_path / "results", *NAMES, code=CODE)
    with closing(Workbook(results, Course(ROOT))) as book:
        book.write()
    file = results / CLASS_PAGE
    file.write_text(file.read_text(encoding="utf-8") + "<script>document.title = 'owned'</script>", encoding="utf-8")
    with serving(results) as served:
        browser.get(f"{served.address}class")
        assert browser.title == "T"
        assert any("Content Security Policy" in line for line in console(browser))
        assert browser.page_source.count("owned") == 1, "it is this file that is served"
        browser.find_element(By.LINK_TEXT, "bob").click()
        assert until(lambda: browser.current_url == f"{served.address}feedback/bob.html")
        assert browser.find_element(By.TAG_NAME, "h1").text == "bob"
        browser.find_element(By.PARTIAL_LINK_TEXT, "ex13").click()
        assert until(lambda: browser.current_url == f"{served.address}work/bob/{EX13.id}")


def test_a_class_page_from_before_somebody_elses_regrade_says_so_until_there_is_a_new_one(desk: Served) -> None:
    def shown() -> str:
        return httpx.get(f"{desk.address}class", timeout=60).text

    assert until(lambda: "<td class=total>25<" in shown())
    assert OLD not in shown()
    with closing(GradeStore(desk.results)) as elsewhere:
        grade(elsewhere, "cem", EX13.id, verdict(EX13, 5, 5))
    first = shown()
    assert OLD in first
    assert "<td class=total>30<" not in first
    assert until(lambda: OLD not in shown())
    assert "<td class=total>30<" in shown()


def test_without_the_extra_one_sentence_says_so(tmp_path: Path) -> None:
    source = "import sys; sys.modules['uvicorn'] = None; from grader.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", source, "desk", str(tmp_path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert "needs the package uvicorn" in done.stderr
    assert "torch-exercise-grader[desk]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
