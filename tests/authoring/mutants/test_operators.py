"""Each operator changes what it is named for, in one place, and nothing else."""

from __future__ import annotations

import pytest

from grader.authoring.mutants.programs import NAMES, mutants_of


def made(source: str) -> dict[str, list[str]]:
    """Operator → what it makes of the lines that differ, in one line each; removed lines alone are "-"."""
    found: dict[str, list[str]] = {}
    for mutant in mutants_of(source, "program.py"):
        added = [line[2:].strip() for line in mutant.lines if line.startswith("+ ")]
        found.setdefault(mutant.operator, []).append(" / ".join(added) or "-")
    return found


CASES = [
    ("comparison", "a < b", ["a <= b", "a >= b"]),
    ("comparison", "a == b", ["a != b"]),
    ("comparison", "a is None", ["a is not None"]),
    ("comparison", "a in b", ["a not in b"]),
    ("arithmetic", "a + b", ["a - b"]),
    ("arithmetic", "a @ b", ["a * b"]),
    ("arithmetic", "(a + b) * c", ["(a + b) / c", "(a - b) * c"]),
    ("arithmetic", "(a + b).sum()", ["(a - b).sum()"]),
    ("arithmetic", "-a", ["a"]),
    ("boolean", "a and b", ["a or b", "b", "a"]),
    ("boolean", "not a", ["a"]),
    ("condition", "a if b else c", ["a if not b else c", "a", "c"]),
    ("condition", "[x for x in a if x]", ["[x for x in a]"]),
    ("constant", "2", ["3", "1"]),
    ("constant", "0.5", ["1.5"]),
    ("constant", "'mode'", ["'mode_'"]),
    ("constant", "True", ["False"]),
    ("argument", "f(a, b)", ["f(a)"]),
    ("argument", "x.add(a, alpha=b)", ["x.add(a)", "x.add(alpha=b)"]),
    ("argument", "torch.relu(a)", []),
    ("argument", "DataLoader(d, shuffle=s)", ["DataLoader(d)"]),
    ("swapped", "criterion(a, b)", ["criterion(b, a)"]),
    ("swapped", "f(a, a)", []),
    ("conversion", "x.float()", ["x"]),
    ("conversion", "x.reshape(a, b)", ["x"]),
    ("conversion", "float(x)", ["x"]),
    ("conversion", "a @ w.T", ["a @ w"]),
    ("conversion", "torch.exp(a)", []),
    ("detached", "x.detach().numpy()", ["x.numpy()"]),
    ("alias", "x.clone()", ["x"]),
    ("alias", "copy.deepcopy(x)", ["x"]),
    ("alias", "list(x)", ["x"]),
    ("alias", "torch.tensor(x)", ["torch.as_tensor(x)"]),
    ("alias", "torch.tensor(x, requires_grad=a)", []),
    ("dim", "x.softmax(dim=0)", ["x.softmax(dim=1)", "x.softmax(dim=-1)"]),
    ("dim", "torch.cat(a, -1)", ["torch.cat(a, 0)", "torch.cat(a, 1)"]),
    ("dim", "x.sum(1)", ["x.sum(0)", "x.sum(-1)"]),
    ("dim", "f(1)", []),
    ("keepdim", "x.amax(1, keepdim=True)", ["x.amax(1)"]),
    ("dtype", "torch.tensor(x, dtype=torch.float32)", ["torch.tensor(x, dtype=torch.float64)"]),
    ("dtype", "x.astype(np.int64)", ["x.astype(np.int32)"]),
    ("reduction", "x.mean()", ["x.sum()"]),
    ("reduction", "loss(x, reduction='sum')", ["loss(x, reduction='mean')"]),
    ("in_place", "x.exp_()", ["x.exp()"]),
    ("in_place", "x.exp()", ["x.exp_()"]),
    ("in_place", "torch.exp(a)", []),
    ("in_place", "nn.init.zeros_(a)", []),
    ("in_place", "self.__len__()", []),
    ("off_by_one", "x[1:n]", ["x[2:n]", "x[0:n]", "x[1:n + 1]", "x[1:n - 1]"]),
    ("off_by_one", "range(n)", ["range(n + 1)", "range(n - 1)"]),
    ("activated", "criterion(a, b)", ["criterion(a.softmax(dim=-1), b)"]),
    ("activated", "F.cross_entropy(a, b)", ["F.cross_entropy(a.softmax(dim=-1), b)"]),
    ("activated", "other(a, b)", []),
    ("parameter", "nn.Parameter(x)", ["x"]),
    ("parameter", "nn.ModuleList(x)", ["x"]),
    ("mode", "model.eval()", ["model.train()"]),
    ("mode", "model.train()", ["model.eval()"]),
]


@pytest.mark.parametrize(("operator", "expression", "expected"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_an_operator_on_an_expression(operator: str, expression: str, expected: list[str]) -> None:
    assert made(f"v = {expression}").get(operator, []) == [f"v = {text}" for text in expected]


STATEMENTS = [
    ("statement", "def f(x):\n    x.zero_grad()\n    x.step()\n", ["-", "-"]),
    ("statement", "def f(x):\n    if x:\n        x.step()\n", ["pass", "pass"]),
    ("statement", "def f():\n    x = 1\n    return x\n", []),
    ("statement", "def f(x):\n    x = x + 1\n    return x\n", ["-"]),
    ("statement", "class A:\n    def f(self):\n        self.x = b\n", ["pass"]),
    ("statement", 'def f():\n    """Docstring."""\n    return a\n', []),
    ("otherwise", "if a:\n    b()\nelse:\n    c()\n    d()\n", ["-"]),
    ("context", "with torch.no_grad():\n    f()\n    g()\n", ["f() / g()"]),
    ("decorator", "@torch.no_grad()\ndef f():\n    pass\n", ["-"]),
    ("returned", "def f():\n    return a\n", ["return None"]),
    ("returned", "def f():\n    return a, b\n", ["return None", "return (b, a)"]),
    ("returned", "def f():\n    return None\n", []),
    ("jump", "for x in y:\n    break\n", ["continue"]),
    ("arithmetic", "x += 1\n", ["x -= 1"]),
    ("in_place", "x += y\n", ["x = x + y"]),
    ("in_place", "x = x + y\n", ["x += y"]),
    ("parameter", "self.register_buffer('m', x)\n", ["self.m = x"]),
    ("order", "def f(a):\n    a.backward()\n    o.step()\n", ["o.step()"]),
    ("order", "def f(a):\n    m.train()\n    n = []\n", []),
    ("order", "def f(a):\n    a.step()\n    return a\n", []),
    ("outside", "for x in y:\n    m.train()\n    f(x)\n", ["m.train()", "f(x)"]),
    ("outside", "for x in y:\n    f(x)\n", []),
    ("name", "def f(X, y):\n    return X\n", ["return y"]),
    ("name", "def f(self, x):\n    for a, b in x:\n        g(a)\n", ["g(b)"]),
    ("condition", "if a:\n    f()\n", ["if not a:"]),
]


@pytest.mark.parametrize(("operator", "source", "expected"), STATEMENTS, ids=[repr(c[:2]) for c in STATEMENTS])
def test_an_operator_on_statements(operator: str, source: str, expected: list[str]) -> None:
    assert made(source).get(operator, []) == expected


def test_every_operator_is_shown_here() -> None:
    assert set(NAMES) == {operator for operator, _, expected in (*CASES, *STATEMENTS) if expected}


def test_mutants_of_one_syntax_tree_are_one_and_have_the_name_that_says_most() -> None:
    found = mutants_of("v = x.sum(dim=0)\n", "program.py")
    assert [m.operator for m in found if "dim=1" in m.source] == ["dim"]
    assert len({m.source for m in found}) == len(found)


def test_what_says_nothing_that_could_be_asked_is_left_alone() -> None:
    source = (
        '"""Docstring 1."""\nimport torch\n\n\n'
        'def f(x: "Tensor[1]") -> "Tensor[2]":\n    """Docstring."""\n    raise ValueError("Words.")\n'
    )
    assert [m.operator for m in mutants_of(source, "program.py")] == ["statement"]


def test_all_else_stays_as_it_was_written() -> None:
    source = (
        "def f(x):\n    # A comment, in “quotes”.\n    a = 'é'; x = x + 1  # another\n    return (x\n            * 2)\n"
    )
    (mutant,) = [m for m in mutants_of(source, "program.py") if m.operator == "arithmetic" and "x - 1" in m.source]
    assert mutant.source == source.replace("x + 1", "x - 1")
    assert (mutant.line, mutant.function) == (3, "f")
    assert mutant.lines == ("-     a = 'é'; x = x + 1  # another", "+     a = 'é'; x = x - 1  # another")


def test_a_fingerprint_stays_while_other_lines_change_and_no_two_are_alike() -> None:
    source = "def f(x):\n    x.step()\n    x.step()\n    return x + 1\n"
    found = mutants_of(source, "program.py")
    assert len({m.fingerprint for m in found}) == len(found)
    later = mutants_of(f"import math\n\n\ndef g():\n    return math.pi\n\n\n{source}", "program.py")
    assert {m.fingerprint for m in found} < {m.fingerprint for m in later}
