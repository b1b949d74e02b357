"""Pictures of a training: SVG without a style of its own, on a page that lets nothing act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from browser import ask, console, opened, show
from fixed_reports import PASSED
from selenium.webdriver import Chrome

from grader.reports import html, pictures, terminal
from grader.results import CheckResult, Measured, Report, Status

pytestmark = pytest.mark.slow

CONFUSION = tuple(tuple(100 if row == column else row + column for column in range(7)) for row in range(7))
MEASURED = Measured(
    data="CoverType (581,012 rows)",
    numbers={"test accuracy": 0.9455, "macro recall": 0.9012},
    curves={
        "train_loss": tuple(1 / (epoch + 1) for epoch in range(10)),
        "valid_accuracy": tuple(1 - 0.5 / (epoch + 1) for epoch in range(10)),
        "<script>document.title = 'owned'</script> loss": (1.0, 2.0),
        "$\\frac{ loss": (1.0, 2.0),
    },
    classes=tuple("1234567"),
    recall=tuple(100 / sum(row) for row in CONFUSION),
    confusion=CONFUSION,
)


def report() -> Report:
    partial = CheckResult(
        id="accuracy", title="the test accuracy is high", points=26, earned=21.4, status=Status.FAILED,
        message="Test accuracy 0.9070 <img src=x onerror=alert(1)> on 116,203 rows.",
    )  # fmt: skip
    return msgspec.structs.replace(
        PASSED,
        measured=MEASURED,
        checks=(*PASSED.checks, partial),
        output="</pre><script>document.title='owned'</script>",
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with opened() as found:
        yield found


@pytest.mark.parametrize("what", ["curves", "confusion"])
def test_a_picture_has_no_style_of_its_own_and_no_fixed_colour(what: str) -> None:
    if what == "curves":
        picture = pictures.learning_curves(MEASURED.curves)
    else:
        picture = pictures.confusion_matrix(CONFUSION, MEASURED.classes)
    root = ElementTree.fromstring(picture)
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag.split("}")[1] in {"svg", "g", "path", "defs", "use", "text", "clipPath", "rect"}
        for key in ("fill", "stroke"):
            assert element.attrib.get(key, "none") == "none", element.attrib
    assert "owned" not in picture
    assert "frac" not in picture
    assert root.attrib["aria-label"]


def test_the_same_figures_make_the_same_picture_and_two_pictures_share_no_id() -> None:
    one, same = (pictures.learning_curves(MEASURED.curves) for _ in range(2))
    other = pictures.confusion_matrix(CONFUSION, MEASURED.classes)
    assert one == same
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_no_history_makes_no_picture() -> None:
    assert pictures.learning_curves({}) == ""
    assert pictures.learning_curves({"rate": (0.1, 0.2)}) == ""
    assert pictures.confusion_matrix((), ()) == ""
    assert "polyline" not in pictures.learning_curves({"train_loss": (0.5,)})


def test_every_count_is_in_the_confusion_matrix() -> None:
    texts = [
        e.text for e in ElementTree.fromstring(pictures.confusion_matrix(CONFUSION, MEASURED.classes)).iter() if e.text
    ]
    assert sum(text.strip() == "100" for text in texts) == 7


def test_a_terminal_shows_the_figures_and_marks_what_earned_a_part() -> None:
    text = terminal.as_text(terminal.render(report()))
    assert "test accuracy 0.9455 · macro recall 0.9012 · CoverType (581,012 rows)" in text
    assert "◐ the test accuracy is high" in text
    assert "21.4/26" in text


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_opens_without_a_word_from_the_console_and_can_be_read(
    browser: Chrome, tmp_path: Path, dark: bool
) -> None:
    page = tmp_path / "report.html"
    page.write_text(html.render([report()]), encoding="utf-8")
    show(browser, page, dark=dark)
    assert console(browser) == [], "its own policy refuses nothing of it"
    assert "owned" not in browser.title
    assert ask(browser, "return document.querySelectorAll('script, img, [style]').length") == 0
    assert ask(browser, "return document.querySelectorAll('svg.picture').length") == 2
    assert ask(browser, "return performance.getEntriesByType('resource').length") == 0
    ink, ground = (
        ask(browser, f"return getComputedStyle(document.querySelector('{where}')).{what}")
        for where, what in (("svg.picture text", "fill"), ("body", "backgroundColor"))
    )
    light = [sum(int(part) for part in re.findall(r"\d+", colour)[:3]) for colour in (ink, ground)]
    assert (light[0] > light[1]) is dark
    assert abs(light[0] - light[1]) > 300, "text in pictures stands out"
    wide = ask(browser, "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0


def test_the_page_fits_a_telephone(browser: Chrome, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(html.render([report()]), encoding="utf-8")
    show(browser, page, width=390)
    assert ask(browser, "return document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
