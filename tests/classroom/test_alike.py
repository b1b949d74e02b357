"""Who wrote the same program: found under other names, and not where everybody writes it so."""

from __future__ import annotations

import random

from grader.classroom.alike import Alike, Written, alike
from grader.classroom.likeness import likeness
from grader.exercises.course import Course

LOOP = """
import torch

def fit(model, optimizer, criterion, batches, n_epochs):
    history = []
    for epoch in range(n_epochs):
        total, seen = 0.0, 0
        for X, y in batches:
            optimizer.zero_grad()
            loss = criterion(model(X), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total += loss.item() * len(X)
            seen += len(X)
        history.append(total / max(seen, 1))
        if len(history) > 3 and history[-1] >= history[-2] >= history[-3]:
            break
    return history
"""
RENAMED = (
    LOOP.replace("history", "losses").replace("total", "acc").replace("seen", "n").replace("epoch", "i")
    .replace("(X, y)", "(a, b)").replace("X, y", "a, b").replace("(X)", "(a)").replace(", y)", ", b)")
) + "# my own work\n"  # fmt: skip
OTHER = """
def fit(model, optimizer, criterion, batches, n_epochs):
    model.train()
    means = [0.0] * n_epochs
    step = 0
    while step < n_epochs:
        losses = [one_step(model, optimizer, criterion, *batch) for batch in batches]
        means[step] = sum(losses) / len(losses)
        step += 1
    return means

def one_step(model, optimizer, criterion, inputs, targets):
    answer = model(inputs)
    value = criterion(answer, targets)
    optimizer.zero_grad(set_to_none=True)
    value.backward()
    optimizer.step()
    return float(value.detach())
"""


def groups(
    sources: dict[str, str], common: str = "", together: dict[str, tuple[str, ...]] | None = None
) -> tuple[Alike, ...]:
    works = [
        Written(name, "ex", likeness(source.encode()), (together or {}).get(name, ()))
        for name, source in sources.items()
    ]
    return alike(works, {"ex": likeness(common.encode()).sketch})


def test_a_renamed_copy_is_found_and_another_program_is_not() -> None:
    assert RENAMED != LOOP
    (group,) = groups({"a": LOOP, "b": RENAMED, "c": OTHER})
    assert group == Alike(exercise="ex", students=("a", "b"), same=False)


def test_a_copy_with_a_statement_more_is_found() -> None:
    more = RENAMED.replace("    return losses", "    print(len(losses))\n    return losses")
    assert [group.students for group in groups({"a": LOOP, "b": more, "c": OTHER})] == [("a", "b")]


def test_the_same_program_is_called_so() -> None:
    (group,) = groups({"a": LOOP, "b": LOOP + "# mine\n", "c": OTHER})
    assert (group.students, group.same, group.short) == (("a", "b"), True, False)


def test_what_the_course_itself_writes_is_nobodys_own() -> None:
    assert groups({"a": LOOP, "b": RENAMED}, common=LOOP) == ()
    (group,) = groups({"a": LOOP, "b": LOOP}, common=LOOP)
    assert (group.same, group.short) == (True, True), "the same, but many write it so"


def test_what_most_of_a_class_writes_is_nobodys_own() -> None:
    loops = {f"s{n}": LOOP.replace("1.0)", f"{n}.5)").replace("> 3", f"> {n}") for n in range(12)}
    assert groups(loops) == ()


def test_partners_are_no_group_but_a_third_with_their_program_is() -> None:
    together = {"a": ("b",), "b": ("a",)}
    assert groups({"a": LOOP, "b": RENAMED, "c": OTHER}, together=together) == ()
    assert groups({"a": LOOP, "b": LOOP, "c": OTHER}, together=together) == ()
    (group,) = groups({"a": LOOP, "b": LOOP, "c": LOOP}, together=together)
    assert group.students == ("a", "b", "c")


def test_what_cannot_be_parsed_is_compared_as_text() -> None:
    (group,) = groups({"a": "def (:\n x", "b": "def (:\n   x", "c": "def ("})
    assert group.students == ("a", "b")


def test_the_courses_own_right_programs_are_not_all_alike(course: Course) -> None:
    """They were written apart from each other, for the same task: the very case in which nobody may be suspected."""
    exercise = course.find("ex14")
    assert exercise.solution_folder is not None
    paths = sorted((exercise.solution_folder / "right").glob("*.py"))
    sources = {path.name: path.read_text(encoding="utf-8") for path in paths}
    assert len(sources) >= 4
    assert groups(sources, common=exercise.stub_path.read_text(encoding="utf-8")) == ()


def test_the_order_of_a_class_does_not_matter() -> None:
    names = {"a": LOOP, "b": RENAMED, "c": OTHER, "d": LOOP}
    items = list(names.items())
    random.Random(1).shuffle(items)
    assert groups(dict(items)) == groups(names)
