"""Why Python cannot read a line is said where the line shows it, and nothing is said where it does not."""

from __future__ import annotations

import sys

import pytest
from conftest import Grade

from grader.grading.unreadable import why_unreadable
from grader.results import Report
from grader.sandbox.wire import Raised


def said(text: str, message: str = "invalid syntax", python: tuple[int, int] = (3, 11)) -> str | None:
    raised = Raised(
        type_name="SyntaxError", message=message, bases=["SyntaxError"], frames=[], line=1, column=1, text=text
    )
    return why_unreadable(raised, python)


def refused_by_python(text: str) -> str | None:
    """What is said of a text that the Python that runs here cannot read."""
    with pytest.raises(SyntaxError) as caught:
        compile(text, "ex13_sin_gradient.py", "exec")
    lines = text.split("\n")
    return said(lines[(caught.value.lineno or 1) - 1], caught.value.msg, sys.version_info[:2])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("!pip install torch", "belongs in a notebook"),
        ("    !ls", "belongs in a notebook"),
        ("%matplotlib inline", "belongs in a notebook"),
        ("%%time", "belongs in a notebook"),
        ("torch.sin?", "belongs in a notebook"),
        ("```python", "the fence around code"),
        ("```", "the fence around code"),
        ("<<<<<<< HEAD", "unfinished merge"),
        (">>>>>>> theirs", "unfinished merge"),
        (">>> import torch", "Python's prompt"),
        ("In [3]: import torch", "Python's prompt"),
        ("x = 1\u00a0+ 2", "invisible character, no-break space (U+00A0)"),
        ("x = 1\u200b", "invisible character, zero width space (U+200B)"),
        ("\u00a0\u00a0x = 1", "2 times in this line"),
        ("x = “a”", "typographic, left double quotation mark (U+201C): type plain ones, \" or '."),
        ("x = 3 − 1", "minus sign (U+2212), which Python does not know: type - instead"),
        ("x = 3 × 2", "type * instead"),
        ("if x ≤ 2: pass", "type <= instead"),
    ],
)
def test_leftovers_and_odd_characters_are_named(text: str, words: str) -> None:
    assert words in (refused_by_python(text) or "")


@pytest.mark.parametrize(
    ("text", "python", "words"),
    [
        ("def first[T](values: list[T]) -> T:", (3, 11), "Python 3.11 runs here, which does not know type parameters"),
        ("class Stack[T]:", (3, 11), "they came with 3.12"),
        ("type Pair = tuple[int, int]", (3, 11), "the type statement"),
        ("except ValueError, TypeError:", (3, 13), "they came with 3.14"),
        ("lazy import torch", (3, 14), "lazy imports"),
    ],
)
def test_newer_syntax_is_named(text: str, python: tuple[int, int], words: str) -> None:
    assert words in (said(text, python=python) or "")


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("def first[T](values):", (3, 12)),
        ("x = (1 + 2", (3, 11)),
        ("for i in range(3)", (3, 11)),
        ("x = 'a − b", (3, 11)),
        ("return x if y else", (3, 11)),
        ("type = 3 +", (3, 11)),
        ("x = y % z w", (3, 11)),
        ("x != y z", (3, 11)),
    ],
)
def test_nothing_is_said_where_the_line_does_not_show_it(text: str, python: tuple[int, int]) -> None:
    assert said(text, python=python) is None


# --- names ------------------------------------------------------------------------------------------------------------

GRADIENT = """
import torch
def sin_x2y(x, y): return torch.sin(x**2 * y)
def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
"""


def first_sentence(report: Report, words: str) -> str | None:
    return next(result.mistake for result in report.checks if words in result.message)


@pytest.mark.parametrize(
    ("code", "error", "meant"),
    [
        ("return torch.sine(x**2 * y)", "no attribute 'sine'", "Did you mean sin?"),
        ("x_batch = x; return torch.sin(x_batc**2 * y)", "'x_batc' is not defined", "Did you mean x_batch?"),
        ("return torch.tensor(1.0, require_grad=True)", "'require_grad'", "Did you mean requires_grad?"),
        ("from torch import sine; return sine(x)", "cannot import name 'sine'", "Did you mean sin?"),
        ("return torch.Sin(x**2 * y)", "no attribute 'Sin'", "Did you mean sin?"),
        ("return torch.quux(x)", "no attribute 'quux'", None),
        ("return x.eval()", "no attribute 'eval'", None),
        ("get_ipython().system('ls')", "'get_ipython' is not defined",
         "That belongs in a notebook: delete the line, or hand in the notebook itself (.ipynb)."),
    ],
    ids=["attribute", "name", "keyword", "import", "capitals", "nothing like it", "a short word", "a notebook's"],
)  # fmt: skip
def test_a_misspelt_name_gets_the_one_that_was_probably_meant(
    grade_source: Grade, code: str, error: str, meant: str | None
) -> None:
    source = GRADIENT.replace("return torch.sin(x**2 * y)", code)
    report = grade_source("ex13", f"{source}\ndef gradient_at(x, y): return gradient(sin_x2y, x, y)\n", hidden=False)
    assert first_sentence(report, error) == meant


AT = "def gradient_at(x, y):\n    return gradient(sin_x2y, x, y)\n"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("class Solution:\n    " + AT.replace("\n    ", "\n        "), "inside a class (line 10): move it"),
        ("def main():\n    " + AT.replace("\n    ", "\n        "), "inside another function (line 10): move it"),
        ('if __name__ == "__main__":\n    ' + AT.replace("\n    ", "\n        "), "`if __name__ == ...:` (line 10)"),
        ("if torch.cuda.is_available() and False:\n    gradient_at = None\n", "in a block that did not run (line 10)"),
        (AT.replace("gradient_at", "gradientat"), "It has gradientat: is that the one, under another name?"),
    ],
    ids=["class", "function", "guard", "block", "another name"],
)
def test_a_name_that_is_missing_is_looked_for_where_it_may_stand(grade_source: Grade, code: str, sentence: str) -> None:
    report = grade_source("ex13", f"{GRADIENT}\n{code}", hidden=False)
    assert sentence in (first_sentence(report, "Your file has no gradient_at.") or "")


def test_a_students_own_second_file_is_no_missing_package(grade_source: Grade) -> None:
    report = grade_source("ex13", "from utils.plots import show\n")
    assert report.problem is not None
    assert report.problem.endswith("If utils is a file of your own, put what you use of it into this one.")
