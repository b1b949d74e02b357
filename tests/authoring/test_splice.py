"""An overlay's statements take their places in a program: where, in which order, and what does not fit."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

from grader.authoring.splice import splice
from grader.errors import AuthoringError

BASE = '''\
"""How to add and to double."""

from math import pi

import numpy as np

# Six of one.
HALF = 6


def twice(x):
    # Twice is a sum.
    return add(x, x)


# --- the table, which takes what it finds ---

TABLE = {"twice": twice}  # built where it stands


def add(a, b):
    return a + b
'''
WHOLE = [path for path in sorted(ROOT.glob("solutions/*/*.py")) if path.stem == path.parent.name]
WHOLE += sorted(ROOT.glob("solutions/*/right/*.py"))


def is_all_names(path: Path) -> bool:
    """Whether every statement of a program binds a name: one that does not takes no other one's place."""
    _, *rest = ast.parse(path.read_text(encoding="utf-8")).body
    return not any(isinstance(statement, ast.Expr) for statement in rest)


def run(program: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(compile(program, "program.py", "exec"), names)
    return names


def tree(program: str) -> str:
    return ast.dump(ast.parse(program))


def test_a_statement_stands_where_that_of_its_name_stood() -> None:
    program = splice(BASE, "def twice(x):\n    return 2 * x\n")
    assert program == BASE.replace("    # Twice is a sum.\n    return add(x, x)", "    return 2 * x")


def test_a_table_that_is_built_from_a_function_holds_the_new_one() -> None:
    names = run(splice(BASE, "def twice(x):\n    return 'new'\n"))
    assert names["TABLE"]["twice"](3) == "new"  # type: ignore[index]


def test_there_is_one_class_of_a_name() -> None:
    program = splice("class A:\n    x = 1\n\n\nclass B(A):\n    y = 2\n", "class A:\n    x = 3\n")
    assert program == "class A:\n    x = 3\n\n\nclass B(A):\n    y = 2\n"


def test_statements_keep_the_bases_order_whatever_the_overlays() -> None:
    one, other = "def add(a, b):\n    return a - b\n", "HALF = 5\n"
    assert splice(BASE, f"{one}\n\n{other}") == splice(BASE, f"{other}\n\n{one}")


def test_a_new_name_stands_before_what_follows_it() -> None:
    program = splice(BASE, "def helper(x):\n    return x\n\n\ndef add(a, b):\n    return helper(a)\n\n\nHALF = 7\n")
    assert program.index("TABLE =") < program.index("def helper") < program.index("def add")
    decorated = splice(BASE, "def plain(f):\n    return f\n\n\n@plain\ndef twice(x):\n    return 5\n")
    assert run(decorated)["TABLE"]["twice"](1) == 5  # type: ignore[index]
    assert decorated.count("def twice") == 1


def test_blank_lines_are_as_usual_where_the_overlay_has_none() -> None:
    base = '"""A program."""\n\n\ndef f():\n    pass\n\n\nX = 1\n'
    overlay = "import random\nY = 2\ndef f():\n    return Y\nX = 2\n"
    program = '"""A program."""\n\nimport random\n\nY = 2\n\n\ndef f():\n    return Y\n\n\nX = 2\n'
    assert splice(base, overlay) == program
    assert splice(base, "Y = 2\ndel f, X\nZ = 3\n") == '"""A program."""\n\nY = 2\nZ = 3\n'


def test_what_nothing_follows_stands_at_the_end() -> None:
    program = splice(BASE, "HALF = 7\nTABLE['half'] = HALF\nprint\n")
    assert program == BASE.replace("# Six of one.\nHALF = 6", "HALF = 7") + "\n\nTABLE['half'] = HALF\nprint\n"
    assert run(program)["TABLE"]["half"] == 7  # type: ignore[index]


def test_a_decorated_function_goes_with_its_decorators() -> None:
    base = "def mark(f):\n    return 1\n\n\n@mark\n@mark\ndef f():\n    pass\n"
    assert splice(base, "def f():\n    return 2\n") == "def mark(f):\n    return 1\n\n\ndef f():\n    return 2\n"


def test_del_removes_statements() -> None:
    program = splice(BASE, "del twice, TABLE\ndel np\n")
    assert set(run(program)) >= {"HALF", "add", "pi"}
    assert not {"twice", "TABLE", "np"} & set(run(program))
    assert "del " not in program
    assert "# --- the table, which takes what it finds ---" in program, "a comment apart belongs to no statement"


def test_del_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(AuthoringError, match=r"^it removes thrice, which its base does not bind\.$"):
        splice(BASE, "del twice, thrice\n")
    assert splice("x = {}\n", "del x['a']\n") == "x = {}\ndel x['a']\n", "only names are removed"


def test_comments_right_above_a_statement_belong_to_it() -> None:
    program = splice(BASE, "# Not half of it.\nHALF = 5  # wrong\n")
    assert "# Six of one." not in program
    assert "\n# Not half of it.\nHALF = 5  # wrong\n" in program
    apart = splice(BASE, "# This is about all of it.\n\ndef add(a, b):\n    return a\n")
    assert apart.index("TABLE") < apart.index("# This is about all of it.\n") < apart.index("def add")


def test_a_docstring_takes_the_docstrings_place_and_a_constants_goes_with_it() -> None:
    assert splice(BASE, '"""All wrong."""\n').startswith('"""All wrong."""\n\nfrom math')
    base = '"""A program."""\n\nSIX = 6\n"""Half of it."""\n\nTEN = 10\n'
    assert splice(base, 'SIX = 7\n"""Wrong."""\n') == base.replace("6", "7").replace("Half of it", "Wrong")


def test_a_new_import_stands_with_the_imports() -> None:
    program = splice(BASE, "import random\n\n\ndef add(a, b):\n    return random.choice((a, b))\n")
    assert "import numpy as np\nimport random\n\n# Six" in program
    assert splice("def f():\n    pass\n", "import random\n").startswith("import random\n\n\ndef f")


def test_an_import_that_must_come_first_does() -> None:
    program = splice(BASE, "from __future__ import annotations\n\nimport random\n")
    assert program.index("__future__") < program.index("from math")
    compile(program, "program.py", "exec")


def test_an_import_that_the_base_has_changes_nothing() -> None:
    assert tree(splice(BASE, "import numpy as np\nfrom math import pi\n")) == tree(BASE)


def test_imports_are_known_by_what_they_bind() -> None:
    program = splice("import numpy as np\nfrom torch import nn, optim\n", "import array as np\nfrom mine import nn\n")
    assert program == "import array as np\nfrom torch import optim\nfrom mine import nn\n"
    assert splice("import a.b\nimport a.c as c\n", "del a\n") == "import a.c as c\n"


def test_a_name_that_is_bound_twice_has_both_statements_in_one_place() -> None:
    overlay = "def add(a, b):\n    return 1\n\n\nadd = print\n"
    program = splice("def add(a, b):\n    return a + b\n\n\nSUM = add\n", overlay)
    assert program == "def add(a, b):\n    return 1\n\n\nadd = print\n\n\nSUM = add\n"


def test_a_statement_takes_the_place_of_all_that_bind_its_name() -> None:
    base = "steps = []\nsteps += [1]\nfor steps in ([2],):\n    pass\ndone = 1\n"
    assert splice(base, "steps = [3]\n") == "steps = [3]\ndone = 1\n"
    assert splice("a = 1\nb = 2\nc = 3\n", "a = c = 4\n") == "a = c = 4\nb = 2\n"


def test_half_of_a_statement_cannot_be_replaced() -> None:
    with pytest.raises(AuthoringError, match=r"^one statement of its base binds a and b: bind all .*, not only a\.$"):
        splice("a, b = 1, 2\n", "a = 3\n")
    assert splice("a, b = 1, 2\nc = 3\n", "a = 3\nb = 4\n") == "a = 3\nb = 4\nc = 3\n"


def test_statements_that_share_a_line_are_one() -> None:
    assert splice("a = 1; b = 2\nc = 3\n", "a = 4; b = 5\n") == "a = 4; b = 5\nc = 3\n"
    with pytest.raises(AuthoringError, match="binds a and b"):
        splice("a = 1; b = 2\nc = 3\n", "a = 4\n")


@pytest.mark.parametrize(
    "base",
    [
        "if True:\n    f = 1\nelse:\n    f = 2\n",
        "try:\n    import f\nexcept ImportError:\n    f = None\n",
        "with open('x') as f:\n    pass\n",
        "f: int = 1\n",
        "f = [x for x in range(3)]\n",
        "f = (lambda y: [x := y])\n",
        "async def f():\n    x = 1\n",
        "class f:\n    x = 1\n",
    ],
)
def test_what_a_statement_binds_is_what_its_module_gets_and_no_more(base: str) -> None:
    assert splice(f"x = 5\n{base}", "f = 0\n") in ("x = 5\nf = 0\n", "x = 5\n\n\nf = 0\n")


@pytest.mark.parametrize(("base", "overlay", "whose"), [("x = 1", "def (:", "it"), ("def (:", "x = 1", "its base")])
def test_what_python_cannot_read_is_refused(base: str, overlay: str, whose: str) -> None:
    with pytest.raises(AuthoringError, match=rf"^{whose} is not Python, see line 1 \(.*\)\. .* stands alone: # base"):
        splice(base, overlay)


def test_lines_of_the_header_are_no_part_of_it_and_counted() -> None:
    assert splice("x = 1\n", "# one\n# two\nx = 2\n", header=2) == "x = 2\n"
    with pytest.raises(AuthoringError, match="see line 4"):
        splice("x = 1\n", "# one\n# two\nx = 2\ndef (:\n", header=2)


def test_warnings_of_a_wrong_program_are_not_ours() -> None:
    assert splice("x = 1\n", "x = '\\d'\n") == "x = '\\d'\n"


@pytest.mark.parametrize("path", list(filter(is_all_names, WHOLE)), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_known_programs_come_out_as_they_went_in(path: Path) -> None:
    program = path.read_text(encoding="utf-8")
    assert splice(program, "") == program
    assert tree(splice(program, program)) == tree(program)


names = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(names, names)
def test_any_functions_take_the_places_of_their_names(base: list[str], overlay: list[str]) -> None:
    def written(names: list[str], value: int) -> str:
        return "\n\n".join(f"# {value}\ndef {name}():\n    return {value}\n" for name in names)

    program = splice(written(base, 1), written(overlay, 2))
    defined = [node.name for node in ast.parse(program).body if isinstance(node, ast.FunctionDef)]
    assert [name for name in defined if name in base] == base
    assert sorted(defined) == sorted({*base, *overlay})
    found = run(program)
    assert {name: found[name]() for name in defined} == {  # type: ignore[operator]
        name: 2 if name in overlay else 1 for name in defined
    }
    assert program.count("# 2\n") == len(overlay)
    assert program.count("# 1\n") == len(set(base) - set(overlay))
