"""What students read first, for every known mistake of every exercise: golden/feedback.md, to be read in one sitting.

After a change that is meant, write it anew, read its diff, and commit it with the change:
GOLDEN_UPDATE=1 python -m pytest tests/authoring/test_feedback.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from conftest import PROOFS, ROOT, Proven
from places import GOLDEN as GOLDEN_FILES

from grader.authoring.verify import Proof, expectation_of
from grader.exercises.course import Course
from grader.reports import terminal
from grader.results import CheckResult, Report, Status
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import FULL

pytestmark = pytest.mark.slow
GOLDEN = GOLDEN_FILES / "feedback.md"
EXERCISES = [exercise.id for exercise in Course(ROOT).exercises()]
IN_ALL = "## In all"
LONGEST = 200
"""Characters of a sentence that names a mistake; what is longer is not read."""
UNKIND = re.compile(r"\b(stupid|obvious(ly)?|simply|trivial(ly)?|wrong again|you failed|of course)\b", re.IGNORECASE)
"""What makes a student who is stuck feel small."""
CUT = re.compile(r"([{\[(](?:(?!\. |;).){40})(?:(?!\. |;).)*[\w'…]…(?=;|\. |\.?$)")
"""A value that is cut within a word or a number: its first forty characters, and the rest."""


def first_of(report: Report) -> CheckResult:
    """The first check that did not pass, as a student meets it."""
    return next(r for r in report.checks if r.status not in (Status.PASSED, Status.NOT_GRADABLE))


def sentence_of(result: CheckResult) -> str:
    """What stands first under the check's title: the mistake's name if it has one, else what was seen."""
    return result.mistake or without_numbers(result.message)


def without_numbers(text: str) -> str:
    """Numbers drawn at random, and rounded as the processor pleases, are no part of the wording."""
    return re.sub(r"-?\d+(\.\d+)?(e[-+]?\d+)?", "…", text)


def agreed(lines: list[str]) -> list[str]:
    """Of each line what must be the same everywhere: how much of a value that is too long is shown, depends on how many
    digits its numbers have, and these on how a processor rounds.
    """
    return [CUT.sub(r"\1…", line) for line in lines if line]


def chapter(exercise: str, proofs: list[Proof]) -> Iterator[str]:
    yield f"## {exercise}"
    yield ""
    for proof in proofs:
        if proof.role == "wrong":
            result = first_of(proof.report)
            yield f"- `{proof.file}` {result.title}"
            sentence = sentence_of(result).splitlines()[0]
            yield f"  - **{sentence}**" if result.mistake else f"  - {sentence}"
    yield ""


def counted(chapters: str) -> str:
    """In how many of all wrong/ files the first sentence names the mistake."""
    files, named = (len(re.findall(start, chapters, re.MULTILINE)) for start in (r"^- `", r"^  - \*\*"))
    return f"The first sentence names the mistake in {named:,} of {files:,} files in `wrong/`."


def golden_chapter(exercise: str) -> list[str]:
    """The lines of the golden file that belong to an exercise."""
    text = GOLDEN.read_text(encoding="utf-8") if GOLDEN.is_file() else ""
    found = re.search(rf"^## {exercise}$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0].splitlines() if found else []


def test_a_value_may_be_cut_a_digit_earlier_and_nothing_else_may_change() -> None:
    shown = "  - it is {'….weight': a tensor of shape (…, …), '….bias': tensor([…, …]), '….run"
    after = "; expected {'….weight': …}. Under '….weight', … of … values are wrong, the first is … instead of …."
    assert agreed([f"{shown}n…{after}"]) == agreed([f"{shown}ning_…{after}"])
    assert agreed([f"{shown}n…{after}"]) != agreed([f"{shown}n…{after.replace('wrong', 'missing')}"])
    assert agreed([f"{shown}n…{after}"]) != agreed([f"{shown}n…{after.replace('weight', 'bias')}"])
    assert agreed([f"{shown}n…{after}"]) != agreed([f"{shown.replace('tensor of', 'tuple of')}n…{after}"])


@pytest.mark.parametrize("exercise", PROOFS)
def test_what_students_read_first_is_what_was_agreed(proven: Proven, best_sandbox: Sandbox, exercise: str) -> None:
    if exercise == "ex15_covertype" and best_sandbox.level != FULL:
        pytest.skip("its sentences name folders, and processes of a DataLoader, as there are at full isolation")
    now = list(chapter(exercise, proven(exercise)))
    if os.environ.get("GOLDEN_UPDATE") == "1":
        chapters = {name: golden_chapter(name) for name in EXERCISES} | {exercise: now}
        head = "# What a student reads first, for every known mistake\n\nBold: the mistake is named.\n"
        body = "\n".join("\n".join(lines).rstrip() + "\n" for lines in chapters.values() if lines)
        GOLDEN.write_text(f"{head}\n{body}\n{IN_ALL}\n\n{counted(body)}\n", encoding="utf-8")
    assert agreed(golden_chapter(exercise)) == agreed(now)


def test_the_last_lines_count_what_stands_above() -> None:
    chapters, last = GOLDEN.read_text(encoding="utf-8").split(f"{IN_ALL}\n")
    assert last.strip() == counted(chapters)


@pytest.mark.parametrize("exercise", PROOFS)
def test_the_sentence_comes_first_and_is_short_and_kind(proven: Proven, exercise: str) -> None:
    folder = ROOT / "solutions" / exercise / "wrong"
    for proof in proven(exercise):
        if proof.role != "wrong":
            continue
        result = first_of(proof.report)
        assert result.id == expectation_of(folder / proof.file).checks[0], proof.file
        sentence = sentence_of(result)
        assert len(sentence) > 10, proof.file
        assert not result.mistake or len(sentence) <= LONGEST, (proof.file, sentence)
        assert not UNKIND.search(sentence), (proof.file, sentence)
        lines = terminal.as_text(terminal.render(proof.report), width=4000).splitlines()
        title = next(number for number, line in enumerate(lines) if result.title in line)
        assert (result.mistake or result.message).splitlines()[0] in lines[title + 1], proof.file
