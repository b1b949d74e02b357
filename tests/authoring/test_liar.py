"""The oracle liar: a check that believes the worker is found, by what it looks at and by who gets past it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_courses import RIGHT, WRONG, make_course

from grader.authoring.liar import as_computed
from grader.authoring.verify import LIAR, Proof, verify
from grader.checks.evidence import Tensor, Thing, Witness
from grader.checks.origin import Ledger
from grader.exercises.course import Course
from grader.grading.runner import Settings
from grader.sandbox.host import Sandbox

PROBES = """
from collections.abc import Callable


def is_even(answer: Callable[[], int]) -> bool:
    return answer() % 2 == 0
"""
CHECKS = """
from grader import Inputs, Student, check, expect

@check("answer() is even", points=1{kind})
def even(student: Student, inputs: Inputs) -> None:
    answer = student.{how}("is_even", student.answer.get().value).value
    expect.that(answer is True, "answer() is odd.")

@check("answer() is 42", points=1)
def answer(student: Student, inputs: Inputs) -> None:
    expect.close(student.answer(), 42)
"""


def proofs_of(root: Path, sandbox: Sandbox, solution: str = RIGHT, **how: str) -> list[Proof]:
    folder = make_course(root) / "exercises" / "ex01_answer"
    (folder / "checks.py").write_text(CHECKS.format(**how))
    (folder / "probes.py").write_text(PROBES)
    solutions = root / "solutions" / "ex01_answer"
    (solutions / "wrong").mkdir(parents=True)
    (solutions / "ex01_answer.py").write_text(solution)
    (solutions / "README.md").write_text("# For instructors: half of the points are witnessed\n")
    (solutions / "wrong" / "odd.py").write_text(f'# fails: even, answer — "is odd"\n# base: solution\n{WRONG}')
    roles = ("solution", "wrong", LIAR)
    return list(verify(Course(root).find("ex01"), sandbox, Settings(seed=1, secret=b"liar"), roles=roles))


def test_a_check_that_rests_on_a_witness_is_none_of_kind_r(tmp_path: Path, best_sandbox: Sandbox) -> None:
    solution, wrong, liar = proofs_of(tmp_path, best_sandbox, kind="", how="probe")
    assert solution.complaint == 'even rests on is_even(): declare it kind="W", or let computed answers bear it'
    assert wrong.complaint == ""
    assert liar.complaint == "who lies about what is witnessed passes even, of kind R"


def test_a_glance_that_nothing_bears_is_found_by_who_lies(tmp_path: Path, best_sandbox: Sandbox) -> None:
    solution, _, liar = proofs_of(tmp_path, best_sandbox, kind="", how="glance")
    assert solution.complaint == "", "it only claims that something else bears it"
    assert liar.complaint == "who lies about what is witnessed passes even, of kind R"


def test_what_is_declared_as_witnessed_is_what_a_liar_gains(tmp_path: Path, best_sandbox: Sandbox) -> None:
    proofs = proofs_of(tmp_path, best_sandbox, kind=', kind="W"', how="probe")
    assert [proof.complaint for proof in proofs] == ["", "", ""]
    assert [proof.gained for proof in proofs] == [(), (), (("even", "W", 1.0),)]


def test_nobody_has_to_look_at_honest_work(tmp_path: Path, best_sandbox: Sandbox) -> None:
    (solution, *_) = proofs_of(
        tmp_path, best_sandbox, kind=', kind="W"', how="probe", solution=RIGHT + "import ctypes\n"
    )
    assert solution.complaint.startswith("a person is told that it looks into what runs beside it (line ")


def test_a_look_at_a_witness_is_noted_and_a_glance_is_not() -> None:
    ledger = Ledger()
    tensor = Tensor(np.zeros(3), "float32", True, "meta", ledger=ledger)
    assert tensor.shape == (3,)
    assert tensor.glance("requires_grad") is True
    assert ledger.kind == "R"
    assert tensor.requires_grad is True
    assert Witness(5, "a question", "f()", ledger).value == 5
    assert list(ledger.witnessed) == ["requires_grad", "f()"]
    assert ledger.kind == "W"


def test_an_echo_is_an_array_that_was_sent() -> None:
    ledger, sent = Ledger(strict=True), np.array([0.1, 0.2], "float32")
    ledger.sent(iter([sent]))
    assert ledger.is_echo(sent.copy())
    assert not ledger.is_echo(sent * 2)
    assert not ledger.is_echo(sent[:1]), "one number may be equal by chance"


@pytest.mark.parametrize("reference", [Tensor(np.ones(2), "float32", False, "cpu"), 3.0], ids=["a tensor", "a number"])
def test_a_liars_numbers_are_its_own_and_its_flags_are_not(reference: object) -> None:
    own = [Tensor(np.zeros(2), "float32", True, "meta"), Thing(7, "Linear", "")]
    lied = as_computed(own, [reference, Thing(1, "ScriptModule", "")])
    assert (lied[0].array == 0).all()
    assert (lied[0].requires_grad, lied[0].device) == (False, "cpu")
    assert (lied[1].handle, lied[1].type_name) == (7, "ScriptModule")
