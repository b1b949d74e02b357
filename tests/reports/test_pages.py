"""The pages in a real browser: nothing of a student's runs, everything can be read, found, sorted and heard."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from axe_core_python.selenium import Axe
from browser import ask, console, opened, processor_seconds, show
from class_records import HOSTILE, RECORD, SCRIPT, hostile_report
from fixed_reports import NOTEBOOK, PASSED, golden
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from grader.authoring import overlay
from grader.classroom.record import ClassRecord, ExerciseInfo, StudentRecord
from grader.exercises.course import Course
from grader.grading.runner import Settings, grade
from grader.reports.classroom import feedback
from grader.reports.classroom import page as class_page
from grader.reports.classroom.files import Wishes, write_all
from grader.reports.conceal import conceal_class
from grader.reports.reveal import Reveal
from grader.results import Report
from grader.sandbox.host import Sandbox
from grader.submissions.work import read

pytestmark = pytest.mark.slow

STYLE, CODE = re.compile(r"<style>(.*?)</style>", re.S), re.compile(r"<script>(.*?)</script>\n</body>", re.S)
FIRST_PAINT = """
return new Promise(done => {
  const told = list => done(list.getEntries().find(entry => entry.name === "first-contentful-paint")?.startTime);
  new PerformanceObserver(told).observe({type: "paint", buffered: true});
});
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with opened() as found:
        yield found


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the fixed record, in which every text that a student can write is hostile."""
    out = tmp_path_factory.mktemp("results")
    write_all(RECORD, out, Wishes(Reveal.ALL))
    return out


@pytest.fixture(scope="module")
def dealt(course: Course, best_sandbox: Sandbox) -> ClassRecord:
    """A class of 1,000 whose reports are real: known right and wrong work, graded here, and dealt out."""
    rng = random.Random(5)
    infos, decks = [], []
    for name in ("ex13", "ex05"):
        exercise = course.find(name)
        assert exercise.solution_folder is not None
        checks = exercise.load_checks(hidden=True)
        works = [read(path) for path in sorted((exercise.solution_folder / "right").glob("*.py"))[:3]]
        wrong = sorted((exercise.solution_folder / "wrong").glob("*.py"))[:9]
        works += [overlay.work(exercise, path) for path in wrong]
        decks.append([grade(exercise, checks, work, best_sandbox, Settings(seed=1, secret=b"t")) for work in works])
        infos.append(ExerciseInfo(id=exercise.id, title=exercise.title, points=exercise.points))

    def hand() -> dict[str, Report]:
        return {deck[0].exercise: rng.choice(deck) for deck in decks if rng.random() < 0.9}

    students = [
        StudentRecord(name=f"Student {number:04}", reports=hand(), notes=("came late",) if number % 50 == 0 else ())
        for number in range(1_000)
    ]
    return ClassRecord(title="A large class", created="2026", exercises=tuple(infos), students=tuple(students))


@pytest.fixture(scope="module")
def large(dealt: ClassRecord, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("large") / "class.html"
    page.write_text(class_page.render(dealt), encoding="utf-8")
    return page


def pages_of(results: Path) -> list[Path]:
    return [results / "class.html", *sorted((results / "feedback").glob("*.html"))]


# --- as text ----------------------------------------------------------------------------------------------------------


def without_assets(page: str) -> str:
    page = STYLE.sub("<style>…</style>", page)
    return re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-…", CODE.sub("<script>…</script>\n</body>", page))


def test_the_page_of_a_class() -> None:
    golden("class.html", without_assets(class_page.render(RECORD, [f"feedback/{n}.html" for n in range(6)])))


def test_the_page_of_a_student() -> None:
    shown = conceal_class(RECORD, Reveal.TITLES)
    golden("feedback.html", without_assets(feedback.as_page(shown, shown.students[0])))


def test_the_policy_names_the_pages_own_style_and_script_and_nothing_else() -> None:
    page = class_page.render(RECORD)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()}'"
        for found in (STYLE.search(page), CODE.search(page))
        if found
    ]
    assert [rules["style-src"], rules["script-src"]] == hashes
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"


def test_a_page_names_nothing_outside_itself_but_the_students_pages() -> None:
    page = class_page.render(RECORD, [f"feedback/{n}.html" for n in range(6)])
    assert set(re.findall(r'\b(?:src|href|action|data)="([^"#]+)', page)) == {f"feedback/{n}.html" for n in range(6)}


# --- in a browser -----------------------------------------------------------------------------------------------------


def test_pages_open_without_a_word_from_the_console_and_fetch_nothing(browser: Chrome, results: Path) -> None:
    for page in pages_of(results):
        show(browser, page)
        assert console(browser) == []
        assert ask(browser, "return performance.getEntriesByType('resource').length") == 0


def test_no_text_of_a_student_acts(browser: Chrome, results: Path) -> None:
    for page in pages_of(results):
        show(browser, page)
        assert "owned" not in browser.title.replace(SCRIPT, "")
        inside = "return [...document.body.querySelectorAll('script, img, iframe, b, object, embed')].length"
        assert ask(browser, inside) == (1 if page.name == "class.html" else 0), "its own script alone"
        links = ask(browser, "return [...document.links].map(link => link.getAttribute('href'))")
        assert all(link.startswith(("#", "feedback/")) for link in links)


def test_hostile_text_is_shown_as_text(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    text = ask(browser, "return document.body.textContent")
    assert text.count(SCRIPT) > 5
    assert "\u202e" not in text, "and cannot turn around what stands beside it"
    assert "\\x202e" in text
    assert HOSTILE.split("\n")[0] in text


def test_the_policy_stops_a_script_that_gets_in_all_the_same(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    title = browser.title
    insert = """
        const script = document.createElement("script");
        script.textContent = "document.title = 'owned'";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\\"document.title='owned'\\">");
    """
    ask(browser, insert)
    assert ask(browser, "return new Promise(done => setTimeout(() => done(document.title), 200))") == title
    assert any("Content Security Policy" in line for line in console(browser))


def names_shown(browser: Chrome) -> list[str]:
    rows = "[...document.getElementById('people').tBodies[0].rows].filter(row => !row.hidden)"
    return list(ask(browser, f"return {rows}.map(row => row.cells[0].querySelector('.name').textContent.trim())"))


def column(browser: Chrome, index: int) -> list[str]:
    rows = "document.getElementById('people').tBodies[0].rows"
    return list(ask(browser, f"return [...{rows}].map(row => row.cells[{index}].textContent.trim())"))


def test_the_table_is_sorted_by_keyboard_and_says_so(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    head = browser.find_elements(By.CSS_SELECTOR, "#people thead button")
    assert len(head) == 5
    head[1].send_keys(Keys.ENTER)
    assert [text.split()[0] for text in column(browser, 1)] == ["6", "3", "0", "0", "0", "open"]
    states = ask(browser, "return [...document.querySelectorAll('#people thead th')].map(h => h.ariaSort)")
    assert states == ["none", "descending", "none", "none", "none"]
    head[1].send_keys(Keys.SPACE)
    assert [text.split()[0] for text in column(browser, 1)] == ["open", "0", "0", "0", "3", "6"]
    head[0].send_keys(Keys.ENTER)
    assert names_shown(browser)[-1] == "Žofie Nováková", "as people sort names, not as codes do"
    assert names_shown(browser).index("Ada Lovelace") < names_shown(browser).index("nobody")


def test_the_table_is_searched(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    search = browser.find_element(By.ID, "search")
    search.send_keys("žofie")
    assert names_shown(browser) == ["Žofie Nováková"]
    assert browser.find_element(By.ID, "shown").text == "1 of 6 shown"
    search.clear()
    search.send_keys("crashed the worker")
    assert names_shown(browser) == ['=HYPERLINK("http://evil.example")'], "flags are found, too"
    search.clear()
    search.send_keys("   ")
    assert len(names_shown(browser)) == 6
    search.send_keys("no such thing")
    assert names_shown(browser) == []


def choose(browser: Chrome, menu: str, start: str) -> None:
    options = browser.find_elements(By.CSS_SELECTOR, f"#{menu} option")
    next(
        option for option in options if ask(browser, "return arguments[0].textContent", option).startswith(start)
    ).click()


def test_the_table_is_narrowed_by_exercise_by_mistake_and_to_who_needs_a_person(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    choose(browser, "set", "who needs a person")
    names = names_shown(browser)
    assert names[:3] == ["Ada Lovelace", "Žofie Nováková", "our fault"]
    assert names[3].startswith("../</script>")
    assert len(names) == 4
    choose(browser, "set", "ex13: The two partial derivatives are swapped.")
    assert names_shown(browser) == ["Ada Lovelace", "our fault"]
    choose(browser, "exercise", "ex14")
    assert len(names_shown(browser)) == 2, "who handed it in; the mistake was of another exercise"
    seen = "return [...document.querySelectorAll('#people thead th')].filter(e => e.checkVisibility()).length"
    assert ask(browser, seen) == 4, "the other exercise's column is away"
    offered = (
        "return [...document.querySelectorAll('#set optgroup option')].filter(o => !o.hidden).map(o => o.dataset.label)"
    )
    assert set(ask(browser, offered)) <= {"ex14"}
    browser.find_element(By.ID, "reset").click()
    assert len(names_shown(browser)) == 6
    assert ask(browser, seen) == 5


def test_who_made_a_mistake_is_a_press_of_a_key_away(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    button = browser.find_element(By.CSS_SELECTOR, ".lost button.show")
    button.send_keys(Keys.ENTER)
    names = names_shown(browser)
    assert 0 < len(names) < 6
    assert ask(browser, "return document.activeElement.id") == "students"
    count = browser.find_element(By.CSS_SELECTOR, ".lost .mistakes .count").text.split()[0]
    assert len(names) == int(count)


def test_a_students_details_open_and_the_arrows_go_from_one_to_the_next(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    first, second, *_ = browser.find_elements(By.CSS_SELECTOR, "#people button.more")
    first.send_keys(Keys.ENTER)
    assert first.get_attribute("aria-expanded") == "true"
    (details,) = browser.find_elements(By.CSS_SELECTOR, "#people tr.details")
    assert "The two partial derivatives are swapped." in details.text
    first.send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element == second, "past the details"
    browser.find_element(By.ID, "search").send_keys("nobody")
    assert not details.is_displayed()
    browser.find_element(By.ID, "search").send_keys(Keys.BACKSPACE * 6)
    first.send_keys(Keys.SPACE)
    assert browser.find_elements(By.CSS_SELECTOR, "#people tr.details") == []


def test_a_row_is_one_line_and_no_name_breaks(browser: Chrome, large: Path) -> None:
    for width in (400, 1000, 1400):
        show(browser, large, width=width)
        heights = ask(browser, "return [...document.getElementById('people').tBodies[0].rows].map(r => r.offsetHeight)")
        assert max(heights) < 45
        broken = "return [...document.querySelectorAll('.name')].filter(e => e.getClientRects().length > 1).length"
        assert ask(browser, broken) == 0


def test_searching_and_sorting_a_thousand_students_feels_immediate(browser: Chrome, large: Path) -> None:
    show(browser, large)
    assert len(names_shown(browser)) == 1_000
    search = """
        document.querySelectorAll("#people thead button")[1].click();
        const search = document.getElementById("search");
        search.value = "0777";
        search.dispatchEvent(new Event("input"));
        document.body.offsetHeight;
    """
    before = processor_seconds(browser)
    ask(browser, search)
    assert processor_seconds(browser) - before < 1.5
    assert names_shown(browser) == ["Student 0777"]


def test_a_thousand_students_take_two_seconds_of_a_processor(
    browser: Chrome, large: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """How long that is on the clock, which `-n 0` shows, depends on what else the machine has to do."""
    show(browser, large)
    with capsys.disabled():
        sys.stdout.write(f"\nclass.html of 1,000 students: first paint after {ask(browser, FIRST_PAINT):.0f} ms\n")
    assert processor_seconds(browser) < 2


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1400, 1000, 400], ids=["wide", "narrow", "phone"])
def test_pages_are_accessible_and_fit_their_window(browser: Chrome, results: Path, width: int, dark: bool) -> None:
    for page in (results / "class.html", results / "feedback" / "Ada_Lovelace.html"):
        show(browser, page, width=width, dark=dark)
        found = Axe().run(browser)["violations"]
        assert not found, [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in found]
        root = "document.documentElement"
        assert ask(browser, f"return {root}.scrollWidth - {root}.clientWidth") <= 0


def test_a_course_of_many_exercises_scrolls_inside_its_table(browser: Chrome, tmp_path: Path) -> None:
    exercises = tuple(ExerciseInfo(id=f"ex{n:02}_long", title=f"Exercise {n}", points=10) for n in range(40))
    (tmp_path / "class.html").write_text(
        class_page.render(msgspec.structs.replace(RECORD, exercises=exercises)), encoding="utf-8"
    )
    show(browser, tmp_path / "class.html")
    assert ask(browser, "return document.getElementById('people').offsetWidth") > 2_000
    assert ask(browser, "return document.documentElement.scrollWidth") <= 1_280


def test_a_notebooks_failed_cells_are_on_its_page() -> None:
    student = StudentRecord(name="a", reports={NOTEBOOK.exercise: NOTEBOOK})
    record = ClassRecord(title="t", created="2026", exercises=RECORD.exercises, students=(student,))
    page = feedback.as_page(conceal_class(record, Reveal.TITLES), student)
    assert all(f"Cell {failure.number} failed" in page for failure in NOTEBOOK.cells)


def test_dark_is_dark_and_light_is_light(browser: Chrome, results: Path) -> None:
    def brightness(dark: bool) -> int:
        show(browser, results / "class.html", dark=dark)
        colour = ask(browser, "return getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3])

    assert brightness(dark=True) < 150
    assert brightness(dark=False) > 600


def test_on_paper_every_student_is_there_and_the_controls_are_not(browser: Chrome, results: Path) -> None:
    show(browser, results / "class.html")
    browser.find_element(By.ID, "search").send_keys("ada")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    visible = "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length"
    assert ask(browser, visible, "#people tbody tr") == 6
    assert ask(browser, visible, ".controls") == 0
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_feedback_shows_a_student_what_to_do_next(browser: Chrome, results: Path) -> None:
    show(browser, results / "feedback" / "Ada_Lovelace.html")
    text = browser.find_element(By.TAG_NAME, "body").text
    assert "6 of 13 points" in text
    assert "The two partial derivatives are swapped." in text
    assert "Stuck?" not in text, "the page gives a mark, so there is nothing more to try"


def test_late_work_is_said_and_an_untouched_stub_is_one_sentence(browser: Chrome, tmp_path: Path) -> None:
    ada = msgspec.structs.replace(RECORD.students[0], late=("ex13_sin_gradient",), untouched=("ex14_dense",))
    (tmp_path / "page.html").write_text(feedback.as_page(RECORD, ada), encoding="utf-8")
    show(browser, tmp_path / "page.html")
    first, second = (article.text for article in browser.find_elements(By.CSS_SELECTOR, "article"))
    assert "handed in late" in first
    assert "swapped" in first
    assert "This is the stub as it was handed out: nothing in it is written yet." in second
    assert "gradient_at" not in second, "no list of what is lost"
    assert "late" not in second
    assert not Axe().run(browser)["violations"]


def test_a_students_page_is_one_sheet_of_paper(browser: Chrome, dealt: ClassRecord, tmp_path: Path) -> None:
    """With two exercises, one of them with many checks lost."""
    worst = min((s for s in dealt.students if len(s.reports) == 2), key=lambda s: s.earned)
    (tmp_path / "page.html").write_text(feedback.as_page(dealt, worst), encoding="utf-8")
    show(browser, tmp_path / "page.html")
    wishes = {"preferCSSPageSize": True, "paperWidth": 8.27, "paperHeight": 11.69}
    data = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", wishes)["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1


@pytest.mark.parametrize("reveal", [Reveal.NONE, Reveal.TITLES])
def test_a_feedback_page_tells_nothing_of_hidden_questions(reveal: Reveal) -> None:
    report = hostile_report("SPIED")
    report = msgspec.structs.replace(report, checks=report.checks[1:], submission=PASSED.submission)
    record = ClassRecord(
        title="t", created="2026", exercises=RECORD.exercises,
        students=(StudentRecord(name="a", reports={report.exercise: report}),),
    )  # fmt: skip
    shown = conceal_class(record, reveal)
    assert "SPIED" not in feedback.as_page(shown, shown.students[0])
    assert "SPIED" in feedback.as_page(record, record.students[0])
