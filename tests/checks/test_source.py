"""What a name leads to in a file: any spelling is found, and what is not there at all is not believed."""

from __future__ import annotations

import ast

import pytest

from grader.checks.findings import Findings
from grader.checks.source import Reading
from grader.errors import CheckFailed


def reading(source: str, name: str = "f", findings: Findings | None = None) -> Reading:
    return Reading(ast.parse(source), name, findings or Findings())


SAID = [
    "import torch\ndef f(g, x):\n    with torch.no_grad():\n        return g(x)",
    "from torch import no_grad as quiet\ndef f(g, x):\n    with quiet():\n        return g(x)",
    "import torch\n@torch.no_grad()\ndef f(g, x):\n    return g(x)",
    "import torch\ndef f(g, x):\n    return g(x)\nf = torch.no_grad()(f)",
    "import torch\nf = torch.no_grad()(lambda g, x: g(x))",
    "import torch\ndef under(g, x):\n    with torch.no_grad():\n        return g(x)\n"
    "def f(g, x):\n    return under(g, x)",
    "import torch\ndef f(g, x):\n    with getattr(torch, 'no_grad')():\n        return g(x)",
    "import torch\nclass Quiet:\n    def go(self, g, x):\n        with torch.no_grad():\n            return g(x)\n"
    "quiet = Quiet()\ndef f(g, x):\n    return quiet.go(g, x)",
    "import torch\nWAYS = {'f': torch.no_grad}\ndef f(g, x):\n    with WAYS['f']():\n        return g(x)",
    "import torch\nif True:\n    def f(g, x):\n        with torch.no_grad():\n            return g(x)",
    "import torch\nglobals()['f'] = torch.no_grad()(lambda g, x: g(x))",
    "import torch\ntry:\n    from quick import quiet\nexcept ImportError:\n    quiet = torch.no_grad\n"
    "def f(g, x):\n    with quiet():\n        return g(x)",
]


@pytest.mark.parametrize("source", SAID, ids=range(len(SAID)))
def test_any_spelling_is_found(source: str) -> None:
    assert reading(source).says("no_grad")


@pytest.mark.parametrize(
    "source",
    [
        "def f(g, x):\n    return g(x)\n# no_grad",
        "import torch\ndef f(g, x):\n    return g(x)\ndef h():\n    torch.no_grad()",
    ],
    ids=["a comment", "elsewhere"],
)
def test_what_is_not_in_what_the_name_leads_to_is_not_found(source: str) -> None:
    assert not reading(source).says("no_grad")


@pytest.mark.parametrize(
    ("source", "fates"),
    [
        ("def f(x, device):\n    return x", set()),
        ("def f(x, device):\n    return x.to(device)", {"to"}),
        ("def f(x, device):\n    return t(x, device=device).to(float)", {"t"}),
        ("f = lambda x, device: x.to(d(device))", {"d"}),
        ("def f(fn, x):\n    return fn(x).detach()", {"fn"}),
        ("def f(fn, x):\n    return fn(x.detach())", {"detach"}),
        ("def f(fn, x):\n    return fn(x.data)", {"data"}),
        ("def f(fn, x):\n    y = x\n    return fn(y)", {""}),
        ("def f(x, device):\n    if device == 'cuda':\n        return x", {""}),
        ("def f(*all):\n    return g(*all)", None),
        ("def f(x, device):\n    return g(**locals())", None),
        ("f = h(g)", None),
    ],
)
def test_what_becomes_of_a_parameter(source: str, fates: set[str] | None) -> None:
    assert reading(source).fates(1) == fates


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("def f(g, x):\n    t.put(False)\n    return g(x)", "False"),
        ("from t import put as so\ndef f(g, x):\n    so(mode=x)\n    return g(x)", "x"),
        ("def f(g, x):\n    put(False)\n    try:\n        return g(x)\n    finally:\n        put(True)", "True"),
        ("def f(g, x):\n    return g(x)", None),
        ("def f(g, x):\n    before = get()\n    put(False)\n    r = g(x)\n    put(before)\n    return r", None),
        ("def f(g, x):\n    with quiet():\n        put(True)\n        return g(x)", None),
        ("def f(g, x):\n    with put(False):\n        return g(x)", None),
        ("@kept\ndef f(g, x):\n    put(False)\n    return g(x)", None),
        ("def f(g, x):\n    put(False)\n    r = g(x)\n    if on:\n        put(True)\n    return r", None),
        (
            "def f(g, x):\n    if not on:\n        return g(x)\n    put(False)\n    r = g(x)\n    put(True)",
            None,
        ),
        ("def so(v):\n    put(v)\ndef f(g, x):\n    so(False)\n    r = g(x)\n    so(True)\n    return r", None),
        ("def f(g, x):\n    later(put, True)\n    put(False)\n    return g(x)", None),
        ("def f(g, x):\n    guard = put(False)\n    with guard:\n        return g(x)", None),
        ("f = lambda g, x: (put(False), g(x))[1]", None),
    ],
)
def test_what_a_setting_is_left_at_is_told_of_a_straight_line_only(source: str, left: str | None) -> None:
    found = reading(source).leaves("put")
    assert (found and ast.unparse(found)) == left


def test_a_witness_that_the_source_does_not_bear_is_not_believed_and_a_person_is_told() -> None:
    findings = Findings()
    found = reading("import torch\n\ndef f(g, x):\n    return g(x)", findings=findings)
    found.expect(True, "f was seen to do something")
    assert not findings.doubts
    with pytest.raises(CheckFailed) as failed:
        found.expect(found.says("no_grad"), "While f ran, autograd was seen to be off")
    assert str(failed.value) == (
        "While f ran, autograd was seen to be off, but nothing in the source of f could do that."
    )
    assert list(findings.doubts) == ["is seen to do what its source does not say (f, line 3)"]
