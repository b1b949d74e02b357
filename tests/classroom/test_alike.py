"""Who wrote the same program: found under other names, and not where everybody writes it so."""

from __future__ import annotations

import ast
import builtins
import random

import pytest

from grader.classroom.alike import OWN_AT_LEAST, Alike, Written, alike
from grader.exercises.course import Course
from grader.sandbox.facts import Likeness
from grader.submissions.work import of_bytes

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


def likeness(source: str) -> Likeness:
    return of_bytes("ex.py", source.encode()).likeness


def groups(
    sources: dict[str, str], common: str = "", together: dict[str, tuple[str, ...]] | None = None
) -> tuple[Alike, ...]:
    works = [Written(name, "ex", likeness(source), (together or {}).get(name, ())) for name, source in sources.items()]
    return alike(works, {"ex": likeness(common).sketch})


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


class Renamed(ast.NodeTransformer):
    """A copy in which every name that is not a library's is another."""

    def visit_Name(self, node: ast.Name) -> ast.Name:
        known = node.id in dir(builtins) or node.id in ("torch", "nn", "F", "np")
        return node if known else ast.Name(f"my_{node.id}", node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(f"my_{node.arg}", node.annotation)


@pytest.mark.slow
def test_of_the_courses_right_programs_no_two_are_alike_and_each_is_like_its_copy(course: Course) -> None:
    """They were written apart from each other, for the same task: the very case in which nobody may be suspected."""
    copies = 0
    for exercise in course.exercises():
        if exercise.solution_folder is None or exercise.solution_path is None:
            continue
        own = [path.read_text(encoding="utf-8") for path in (exercise.stub_path, exercise.solution_path)]
        common = frozenset().union(*(likeness(source).sketch for source in own))
        sources = {p.name: p.read_text(encoding="utf-8") for p in (exercise.solution_folder / "right").glob("*.py")}
        works = [Written(name, "ex", likeness(source)) for name, source in sources.items()]
        assert alike(works, {"ex": common}) == (), exercise.id
        for work in works:
            if len(work.likeness.sketch - common) < OWN_AT_LEAST:
                continue  # too short to say anything of
            copy = ast.unparse(Renamed().visit(ast.parse(sources[work.student])))
            pair = [work, Written("copy", "ex", likeness(copy))]
            assert len(alike(pair, {"ex": common})) == 1, (exercise.id, work.student)
            copies += 1
    assert copies > 200


def test_the_order_of_a_class_does_not_matter() -> None:
    names = {"a": LOOP, "b": RENAMED, "c": OTHER, "d": LOOP}
    items = list(names.items())
    random.Random(1).shuffle(items)
    assert groups(dict(items)) == groups(names)
