"""The class page at the desk: at once if it lies in the results, and never an old one that does not say so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from class_records import RECORD
from msgspec.structs import replace
from patience import until

from grader.reports.classroom import page
from grader.reports.classroom.file_names import stems
from grader.served import class_page
from grader.served.class_page import OLD, ClassPage

NOW = replace(RECORD, made_of="now")
LATER = replace(NOW, title="After a regrade", made_of="later")
LINKS = [f"feedback/{stem}.html" for stem in stems([student.name for student in NOW.students])]


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Pages are made only after this; nobody waits for them."""
    event, render = threading.Event(), page.render

    def made(*arguments: object) -> str:
        assert event.wait(60)
        return render(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(page, "render", made)
    monkeypatch.setattr(class_page, "PATIENCE_S", 0.0)
    yield event
    event.set()


def leave(results: Path, html: str) -> None:
    (results / page.FILE).write_text(html, encoding="utf-8")


def test_the_page_in_the_results_is_served_as_it_is(tmp_path: Path, let_go: threading.Event) -> None:
    let_go.set()
    leave(tmp_path, made := page.render(NOW, LINKS))
    let_go.clear()
    assert ClassPage(tmp_path).of(NOW) == made


@pytest.mark.parametrize(
    "left",
    [
        lambda: page.render(LATER, LINKS),
        lambda: page.render(replace(RECORD, title='<meta name="made-of" content="now">'), LINKS),
        lambda: page.render(replace(RECORD, made_of=""), LINKS),
        lambda: "<body>" + page.render(NOW, LINKS),
        lambda: "",
    ],
    ids=["of another record", "with a title that lies", "under pseudonyms", "with something before it", "empty"],
)
def test_another_page_in_the_results_is_not_served(tmp_path: Path, let_go: threading.Event, left: object) -> None:
    let_go.set()
    leave(tmp_path, left())  # type: ignore[operator]
    let_go.clear()
    pages = ClassPage(tmp_path)
    assert "The page of 6 students is being made" in pages.of(NOW)
    let_go.set()
    assert until(lambda: "Building Neural Networks, autumn" in pages.of(NOW))
    assert "being made" not in pages.of(NOW)


def test_an_old_page_says_so_until_the_new_one_is_made(tmp_path: Path, let_go: threading.Event) -> None:
    let_go.set()
    leave(tmp_path, page.render(NOW, LINKS))
    let_go.clear()
    pages = ClassPage(tmp_path)
    assert OLD not in pages.of(NOW)
    for _ in range(2):
        shown = pages.of(LATER)
        assert OLD in shown
        assert "Building Neural Networks, autumn" in shown
    let_go.set()
    assert until(lambda: "After a regrade" in pages.of(LATER))
    assert OLD not in pages.of(LATER)
