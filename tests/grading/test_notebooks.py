"""A notebook is graded as a .py file is, cell by cell, and a damaged one is repaired or gets one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import nbformat
import pytest
from cells import FUNCTION, GRADIENT, GRADIENT_AT, HONEST, IMPORT
from conftest import notebook_of

from grader.authoring import overlay
from grader.errors import WorkerTimeout
from grader.exercises.course import Course
from grader.exercises.exercise import ExerciseLimits
from grader.grading.cells import END, KERNEL_END_S, Execution
from grader.grading.runner import Settings, grade
from grader.results import Report, Status
from grader.sandbox.host import Sandbox
from grader.sandbox.limits import FULL
from grader.submissions.work import Work, of_bytes, read

pytestmark = pytest.mark.slow

GradeNotebook = Callable[..., Report]


@pytest.fixture
def grade_notebook(course: Course, best_sandbox: Sandbox) -> GradeNotebook:
    """Grade a notebook against ex13: of these cells, or a Work."""

    def run(*cells: str | Work, sandbox: Sandbox | None = None, **limits: float) -> Report:
        exercise = course.find("ex13")
        exercise = replace(exercise, limits=replace(exercise.limits, **limits))
        work = cells[0] if isinstance(cells[0], Work) else notebook_of(*cells)  # type: ignore[arg-type]
        checks = exercise.load_checks(hidden=True)
        return grade(exercise, checks, work, sandbox or best_sandbox, Settings(seed=1, secret=b"t"))

    return run


def status_of(report: Report, check: str) -> Status:
    return next(result.status for result in report.checks if result.id == check)


# --- cells ------------------------------------------------------------------------------------------------------------


def test_an_honest_notebook_has_full_marks_at_every_level(grade_notebook: GradeNotebook, any_sandbox: Sandbox) -> None:
    report = grade_notebook(*HONEST, sandbox=any_sandbox)
    assert report.passed, [(r.id, r.message) for r in report.checks]
    assert report.cells == ()
    assert report.isolation.layers


def test_a_failed_cell_is_named_and_the_later_ones_run(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(IMPORT, "x = torch.ones(3)\n\ny = x + nothing\n", FUNCTION, GRADIENT, GRADIENT_AT)
    assert report.passed
    (failure,) = report.cells
    assert (failure.number, failure.first_line, failure.status) == (2, "x = torch.ones(3)", Status.ERROR)
    assert failure.message == "Your code raised NameError: name 'nothing' is not defined at cell 2, line 3."
    assert failure.line == "y = x + nothing"


def test_checks_that_need_the_failed_cell_say_so_and_the_others_count(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(IMPORT, FUNCTION, GRADIENT, "oops\n" + GRADIENT_AT)
    assert status_of(report, "function_values") is Status.PASSED
    failed = next(result for result in report.checks if result.id == "known_point")
    assert failed.status is Status.FAILED
    assert failed.message == "Your notebook has no gradient_at."
    assert failed.mistake == "Cell 4 is to define it, and that cell failed."


def test_an_error_inside_a_function_names_cell_and_line(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(*HONEST[:3], "def gradient_at(x, y):\n    point = x, y\n    return point.mean()")
    message = next(result.message for result in report.checks if result.id == "known_point")
    assert "'tuple' object has no attribute 'mean' at cell 4, line 3, in gradient_at." in message


def test_a_cell_that_python_cannot_read_is_one_failed_cell(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook("def broken(:\n    pass", *HONEST)
    assert report.passed
    assert report.cells[0].message == "Python cannot read line 1: invalid syntax."
    assert report.cells[0].line == "def broken(:"


def test_a_cell_without_an_end_is_interrupted_and_the_later_ones_run(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook("while True: pass", "import time; time.sleep(60)", *HONEST, import_s=1.0)
    assert report.problem is None
    assert [(failure.number, failure.status) for failure in report.cells[:1]] == [(1, Status.TIMEOUT)]
    assert "Cell 1 gave no answer within 1 s." in report.cells[0].message


def test_all_cells_together_have_a_limit_too(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(*HONEST, *["import time; time.sleep(600)"] * 9, import_s=4.0)
    assert report.passed
    assert report.cells[-1].status is Status.TIMEOUT
    assert "The notebook's 8 s were used up" in report.cells[-1].message


def test_a_kernel_that_hangs_when_all_cells_have_run_is_given_another_try(
    grade_notebook: GradeNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, runs = Execution.run, []

    def hang_once(self: Execution, *arguments: Any) -> None:
        run(self, *arguments)
        runs.append(self)
        if len(runs) == 1:
            raise WorkerTimeout(KERNEL_END_S, END)

    monkeypatch.setattr(Execution, "run", hang_once)
    report = grade_notebook(IMPORT, *HONEST)
    assert (report.passed, report.cells, len(runs)) == (True, (), 2)


def test_a_cell_that_hangs_without_computing_is_run_once_more_in_a_fresh_kernel(
    grade_notebook: GradeNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a kernel that has overlooked its request does, once in thousands of notebooks."""
    run_cell, hung = Execution._run_cell, []

    def hang_once(self: Execution, ask: Any, number: int, source: str, seconds: float, spent: Any) -> None:
        if number == 2 and not hung:
            hung.append(number)
            source, seconds = "import time; time.sleep(60)", 1.0
        run_cell(self, ask, number, source, seconds, spent)

    monkeypatch.setattr(Execution, "_run_cell", hang_once)
    report = grade_notebook(*HONEST)
    assert (report.passed, report.cells, hung) == (True, (), [2])


def test_a_cell_that_waits_in_two_kernels_is_the_students_own(grade_notebook: GradeNotebook) -> None:
    waits = "import time; time.sleep(60)"
    report = grade_notebook(IMPORT, waits, *HONEST, waits, import_s=1.0)
    assert report.passed
    assert [(failure.number, failure.status) for failure in report.cells] == [(2, "timeout"), (7, "timeout")]


def test_a_kernel_that_hangs_twice_in_different_places_is_our_fault(
    grade_notebook: GradeNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_cell, cells = Execution._run_cell, [3, 1]

    def hang(self: Execution, ask: Any, number: int, source: str, seconds: float, spent: Any) -> None:
        if cells and number == cells[0]:
            cells.pop(0)
            source, seconds = "import time; time.sleep(60)", 1.0
        run_cell(self, ask, number, source, seconds, spent)

    monkeypatch.setattr(Execution, "_run_cell", hang)
    report = grade_notebook(*HONEST)
    assert report.our_fault
    assert "kernel hung twice" in report.checks[0].message


def test_a_cell_that_takes_the_kernel_with_it_is_named(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(*HONEST, "import os\nos._exit(3)")
    assert {result.status for result in report.checks} == {Status.CRASHED}
    assert "cell 5 (import os) ended without an answer: it ended the Python process (exit code 3)" in str(
        report.problem
    )


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("number = input('a number: ')", "not from input()"),
        ("import getpass; getpass.getpass()", "not from input()"),
        ("import sys; sys.exit(0)", "Do not end the program from a solution"),
        ("import tensorflow", "Only this file is graded, with torch"),
        ("x = torch.ones(10**14)", "RuntimeError"),
    ],
)
def test_a_cell_that_asks_for_what_is_not_there_gets_the_same_sentence_as_a_file(
    grade_notebook: GradeNotebook, cell: str, words: str
) -> None:
    report = grade_notebook(IMPORT, cell, *HONEST)
    assert report.passed
    assert words in f"{report.cells[0].mistake} {report.cells[0].message}"


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline", "%timeit -n 1 -r 1 1 + 1", "%%time\nx = 1", "%%capture\nprint(1)", "%load_ext grader",
        "%grade ex13", "%reload_ext grader", "exit()", "quit()", "import asyncio\nawait asyncio.sleep(0.01)", "torch?",
        "async def f():\n    return 1\nassert await f() == 1", "%config InlineBackend.figure_format = 'retina'",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\nHTML('<script></script>')", "1 + 1",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", "%cd /tmp", "%load_ext autoreload", "",
        "# only a comment", "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)", "%pip install torch",
        "!pip install torch", "files = !ls\nassert files == []", "%%bash\nls", "%env X=1", "print('x' * 5_000_000)",
        "import warnings\nwarnings.warn('careful')", "if __name__ == '__main__':\n    print(__file__)",
        "class Odd:\n    def __repr__(self):\n        return 'odd'\nOdd()",
    ],
)  # fmt: skip
def test_what_people_do_in_notebooks_is_harmless(grade_notebook: GradeNotebook, cell: str) -> None:
    report = grade_notebook(IMPORT, cell, *HONEST)
    assert report.passed, [(r.id, r.message) for r in report.checks]
    assert report.cells == ()


def test_a_refused_program_is_named_in_a_sentence(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook("!pip install torch", *HONEST)
    assert "No programs can be started where your work is graded, so this line was left out: !pip" in report.output


def test_what_cells_print_is_in_the_report(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook("print('hello from a cell')", *HONEST, "import os\n_ = os.write(1, b'and from below\\n')")
    assert "hello from a cell" in report.output
    assert "and from below" in report.output


SOURCES = """
import inspect, pickle

class Layer(torch.nn.Module):
    def forward(self, x):
        return x * 2

@torch.jit.script
def doubled(x):
    return x * 2

assert torch.jit.script(Layer())(torch.ones(1)) == doubled(torch.ones(1)) == 2
assert torch.compile(Layer(), backend="eager")(torch.ones(1)) == 2
assert "return x * 2" in inspect.getsource(Layer) and "return x * 2" in inspect.getsource(Layer.forward)
assert pickle.loads(pickle.dumps(Layer())).forward(1) == 2
"""


def test_code_that_needs_its_source_works(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(IMPORT, SOURCES, "%timeit -n 1 -r 1 doubled(torch.ones(1))", *HONEST)
    assert report.cells == ()
    assert report.passed


def test_a_loader_with_workers_of_its_own_works_in_a_cell(grade_notebook: GradeNotebook, best_sandbox: Sandbox) -> None:
    if best_sandbox.level != FULL:
        pytest.skip("a DataLoader can only have processes of its own at full isolation")
    cell = "loader = torch.utils.data.DataLoader(range(8), batch_size=4, num_workers=2)\nassert len(list(loader)) == 2"
    report = grade_notebook(IMPORT, cell, *HONEST)
    assert report.cells == ()
    assert report.passed


def test_the_same_seed_gives_a_notebook_the_same_random_numbers(grade_notebook: GradeNotebook) -> None:
    drawn = [grade_notebook(IMPORT, "print(torch.rand(3), __import__('random').random())").output for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert "tensor" in drawn[0]


# --- order, merged, doubled and deleted cells -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ("\n\n".join(HONEST),),
        (*HONEST, *HONEST),
        (HONEST[0], HONEST[3], HONEST[2], HONEST[1]),
        (GRADIENT_AT.replace("x, y)", "y, x)"), *HONEST),
    ],
    ids=["merged", "doubled", "in another order that works", "written twice: the last one counts"],
)
def test_cells_may_be_merged_doubled_and_moved(grade_notebook: GradeNotebook, cells: tuple[str, ...]) -> None:
    assert grade_notebook(*cells).passed


def test_a_deleted_cell_is_a_missing_name(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(*HONEST[:3])
    assert next(r.message for r in report.checks if r.id == "known_point") == "Your file has no gradient_at."


def test_cells_that_need_a_later_one_fail_as_after_restart_and_run_all(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook("a = sin_x2y(torch.ones(1), torch.ones(1))", *HONEST)
    assert report.passed
    assert "name 'sin_x2y' is not defined at cell 1, line 1" in report.cells[0].message


# --- damaged files ----------------------------------------------------------------------------------------------------


def document(*sources: Any, minor: int = 5, **changes: Any) -> dict[str, Any]:
    cells = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for i, source in enumerate(sources)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": minor} | changes


def without_ids(found: dict[str, Any], to: str | None) -> dict[str, Any]:
    for cell in found["cells"]:
        del cell["id"]
        if to is not None:
            cell["id"] = to
    return found


def in_format_3(*sources: str) -> dict[str, Any]:
    cells = [
        {"cell_type": "code", "language": "python", "input": s, "outputs": [], "collapsed": False} for s in sources
    ]
    head = {"cell_type": "heading", "level": 1, "source": "Exercise 13"}
    return {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [head, *cells]}]}


def encoded(found: dict[str, Any]) -> bytes:
    return json.dumps(found).encode()


PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo" * 1_000_000}}


@pytest.mark.parametrize(
    ("data", "repair"),
    [
        (encoded(document(*HONEST)), None),
        (b"\xef\xbb\xbf" + encoded(document(*HONEST)), None),
        (encoded(document(*(cell.splitlines(keepends=True) for cell in HONEST))), None),
        (encoded(document(*HONEST)).replace(b"\\n", b"\\r\\n"), None),
        (encoded(without_ids(document(*HONEST, minor=4), None)), None),
        (encoded(without_ids(document(*HONEST), None)), "no id of their own"),
        (encoded(without_ids(document(*HONEST), "same")), "no id of their own"),
        (encoded(in_format_3(*HONEST)), "old format"),
        (encoded(document(*HONEST, cells=[*document(*HONEST)["cells"], 3, None, {"cell_type": 4}])), "damaged"),
        (encoded(document(*HONEST, metadata=[1])), "damaged"),
        (encoded(document(*HONEST, extra=float("nan"))), "damaged"),
        (encoded(document(*HONEST, metadata={"kernelspec": None, "language_info": 3})), None),
        (encoded(document(*HONEST, cells=[document("pass")["cells"][0] | {"id": "picture", "outputs": [PICTURE]},
                                          *document(*HONEST)["cells"]])), None),
    ],
    ids=["sound", "byte order mark", "lists of lines", "CRLF", "no ids in 4.4", "no ids", "one id for all", "format 3",
         "cells that are none", "odd metadata", "NaN", "no kernel", "huge outputs"],
)  # fmt: skip
def test_what_can_be_repaired_is_repaired_and_said(
    grade_notebook: GradeNotebook, data: bytes, repair: str | None
) -> None:
    report = grade_notebook(of_bytes("a.ipynb", data))
    assert report.passed, report.problem
    said = [note for note in report.notes if "instructor" not in note]
    assert len(said) == (repair is not None)
    assert repair is None or repair in said[0]


MERGE = "<<<<<<< HEAD\n    x = 1\n=======\n    x = 2\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Your notebook's file is empty"),
        (b" \n", "Your notebook's file is empty"),
        (encoded(document()), "has no code in it"),
        (encoded(document("", "  \n")), "has no code in it"),
        (encoded(document("# text", cells=[{"cell_type": "markdown", "source": "x = 1"}])), "has no code in it"),
        (encoded(document(*HONEST))[:-20], "file is damaged (line 1)"),
        (encoded(document(*HONEST)).replace(b'"cells"', MERGE.encode() + b'"cells"'), "marks of an unfinished merge"),
        ("\n\n".join(HONEST).encode(), "a Python file by its contents: let its name end in .py"),
        (encoded(document(*["x = 1"] * 10_000)), "has 10,000 code cells, and the grader runs 500 at most"),
        (encoded(document("x = '" + "x" * (2 << 20) + "'")), "code in your notebook is 2.0 MB"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "no notebook: it has no cells"),
        (b"3", "no notebook: it has no cells"),
        (encoded({"cells": None}), "old format, and damaged"),
        (encoded({"worksheets": 3, "nbformat": 3}), "old format, and damaged"),
        (encoded({"worksheets": [], "nbformat": "x"}), "old format, and damaged"),
        ("{}".encode("utf-16"), "not UTF-8 text"),
        (encoded(document("x <- 1", metadata={"kernelspec": {"language": "R"}})), "written for R: the exercises"),
        (encoded(document("1", metadata={"language_info": {"name": "julia"}})), "written for julia"),
        (b'{"cells": [' + b" " * (65 << 20) + b"]}", "is over 64 MB: clear its outputs"),
        (encoded(document("1", metadata=[1])) + b" " * (9 << 20), "clear its outputs"),
    ],
    ids=["empty", "blank", "no cells", "empty cells", "no code cells", "cut off", "merge marks", "a .py file",
         "10,000 cells", "2 MB of code", "deep", "a list", "a number", "no list of cells", "odd worksheets",
         "odd version", "UTF-16", "R", "Julia", "65 MB", "large and odd"],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_sentence(data: bytes, words: str) -> None:
    problem = of_bytes("a.ipynb", data).problem
    assert problem is not None
    assert words in problem
    assert len(problem.splitlines()) == 1


def test_a_damaged_notebook_is_a_report_with_that_sentence(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(of_bytes("a.ipynb", b"{"))
    assert {result.status for result in report.checks} == {Status.ERROR}
    assert "Your notebook's file is damaged" in (report.problem or "")


def test_a_notebook_named_py_is_told_its_name(grade_notebook: GradeNotebook) -> None:
    report = grade_notebook(of_bytes("a.py", encoded(document(*HONEST))))
    assert "a notebook by its contents: let its name end in .ipynb" in (report.problem or "")


def test_what_nbformat_writes_is_sound() -> None:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("#"), nbformat.v4.new_code_cell("x = 1")])
    notebook = of_bytes("a.ipynb", nbformat.writes(made).encode()).notebook
    assert notebook is not None
    assert (notebook.cells, notebook.repairs) == (("x = 1",), ())


# --- all code as one file, for checks that read it --------------------------------------------------------------------


def test_magics_and_cells_that_no_python_can_read_are_comments_in_the_script() -> None:
    cells = "%time x = 1\nif x:\n    !ls\ny = 2", "def (", "%%bash\nx = 1", "torch?\nz = 3"
    script = of_bytes("a.ipynb", encoded(document(*cells))).text
    lines = script.splitlines()
    assert "pass  # %time x = 1" in lines
    assert "    pass  # !ls" in lines
    assert {"y = 2", "z = 3", "# def (", "# x = 1", "pass  # torch?"} <= set(lines)
    compile(script, "a.py", "exec")


def test_checks_that_read_the_source_see_a_notebooks_too(course: Course, best_sandbox: Sandbox) -> None:
    exercise = course.find("ex14")
    assert exercise.solution_path is not None
    forbidden = (exercise.solution_folder / "wrong").glob("*linear*")  # type: ignore[operator]
    works = [read(exercise.solution_path), *(overlay.work(exercise, path) for path in forbidden)]
    assert len(works) > 1
    for known in works:
        reports = [
            grade(exercise, exercise.load_checks(hidden=True), work, best_sandbox, Settings(seed=3, secret=b"t"))
            for work in (known, notebook_of(known.text))
        ]
        statuses = [[(result.id, result.status) for result in report.checks] for report in reports]
        assert statuses[0] == statuses[1], known.name


def test_the_limits_of_a_notebook_follow_from_the_exercises() -> None:
    assert ExerciseLimits(import_s=3.0).notebook_s == 6.0


@pytest.mark.parametrize(
    "line",
    ["%conda install numpy", "%pip install numpy", "%matplotlib widget", "%load_ext nb_black", "breakpoint()",
     "from google.colab import drive; drive.mount('')", "from tqdm.notebook import tqdm; list(tqdm([1]))"],
)  # fmt: skip
def test_what_only_an_editors_surroundings_have_does_not_cost_its_cell(
    grade_notebook: GradeNotebook, line: str
) -> None:
    report = grade_notebook(f"{line}\n{IMPORT}", FUNCTION, GRADIENT, GRADIENT_AT)
    assert not report.cells
    assert report.passed
