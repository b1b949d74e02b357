"""The reader: what it makes of bytes, at every level, and that nothing which it is given can hold anybody up."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import random
import signal
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import until
from places import ROOT
from processes import descendants

from grader.checks.syntax import syntax_of, tree_from
from grader.errors import CheckFailed, SandboxUnavailable
from grader.sandbox import facts
from grader.sandbox.inside.reader.notebooks import read_notebook
from grader.sandbox.inside.reader.unfit import Unfit
from grader.sandbox.limits import LEVELS
from grader.sandbox.reader import HERE, Conversation, Reader, TooCostly
from grader.submissions.work import of_bytes

ENDLESS = "f'" + "{a}" * 300_000 + "'"
"""Python's parser takes time for it that grows with the square of its length: minutes."""
LARGE = "x=1+2\n" * 170_000
"""A megabyte of Python becomes half a gigabyte of tree."""


@pytest.fixture(scope="module", params=LEVELS)
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    made = Reader(request.param)
    try:
        assert made.level == request.param
    except SandboxUnavailable as error:
        pytest.skip(f"no reader at this level here: {error}")
    yield made
    made.close()


def program_of(reader: Reader, data: bytes) -> facts.Program:
    answer = reader.ask(facts.ReadFile(data))
    assert isinstance(answer, facts.Program)
    return answer


def test_a_solution_is_read_as_it_is(reader: Reader) -> None:
    source = (ROOT / "solutions/ex13_sin_gradient/ex13_sin_gradient.py").read_bytes()
    found = program_of(reader, source)
    assert (found.source, found.problem) == (source, "")
    answer = reader.ask(facts.ReadTree(source.decode()))
    assert isinstance(answer, facts.Tree)
    assert ast.dump(tree_from(answer.items)) == ast.dump(ast.parse(source))


@pytest.mark.parametrize("source", [ENDLESS, LARGE], ids=["an f-string without end", "a megabyte of statements"])
def test_what_costs_too_much_is_refused_and_the_next_one_is_read(reader: Reader, source: str) -> None:
    with pytest.raises(TooCostly, match="more than"):
        reader.ask(facts.ReadFile(source.encode()))
    assert program_of(reader, b"x = 1\n").source == b"x = 1\n"


def test_what_gradescope_says_is_read_and_what_it_quotes_holds_nobody_up(reader: Reader) -> None:
    said = b"s1:\n  :submitters:\n  - :name: Ada\n    :email: a@example.org\n  :created_at: 2026-11-20\ns2: [1]\n"
    ada = facts.HandedIn([facts.Submitter("Ada", "", "a@example.org")], "2026-11-20")
    assert reader.ask(facts.ReadMetadata(said)) == facts.Metadata({"s1": ada})
    for broken in (b"s1: " + b"[" * 100_000, b"{", b"s: &a [*a, !!python/object/apply:os.system [x]"):
        answer = reader.ask(facts.ReadMetadata(broken))
        assert isinstance(answer, facts.Unusable), answer
        assert answer.why.startswith("is not YAML that can be read"), answer
    aliases = b'a: &a {":submitters": [' + b'{":name": x}, ' * 5_000 + b"]}\n"
    many = reader.ask(facts.ReadMetadata(aliases + b"".join(b"s%d: *a\n" % number for number in range(9))))
    assert many == facts.Unusable("names far too many people")


def test_what_a_zip_says_of_itself_is_read(reader: Reader, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.comment = b"made by hand"
    (tmp_path / "b.zip").write_bytes(b"PK\x05\x06 nothing of the kind")
    with (tmp_path / "a.zip").open("rb") as sound, (tmp_path / "b.zip").open("rb") as broken:
        assert reader.ask(facts.ReadComment(), sound.fileno()) == facts.Content(b"made by hand")
        assert isinstance(reader.ask(facts.ReadComment(), broken.fileno()), facts.Unusable)


def test_a_reader_that_has_died_is_replaced(reader: Reader) -> None:
    program_of(reader, b"x = 1\n")
    assert reader._process is not None
    os.killpg(reader._process.pid, signal.SIGKILL)
    assert program_of(reader, b"x = 2\n").source == b"x = 2\n"


def test_many_ask_at_once(reader: Reader) -> None:
    sources = [f"x = {number}\n".encode() for number in range(40)]
    found: dict[bytes, bytes] = {}
    threads = [
        threading.Thread(target=lambda s=source: found.update({s: program_of(reader, s).source})) for source in sources
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {source: source for source in sources}


def test_nobody_is_left_when_it_is_closed() -> None:
    before = descendants()
    made = Reader()
    with Conversation(made, None) as conversation:
        conversation.ask(facts.ReadFile(b"x = 1\n"))
        assert descendants() > before
        made.close()
        assert until(lambda: descendants() <= before)


# --- encodings: what was read is what is run ------------------------------------------------------------------------

SAME = {
    "utf-7": "# coding: utf-7\nx = 1\n+ACM-f'no code'\n",
    "in the second line": "# a program\n# vim: set fileencoding=latin-1 :\nx = 'é'\n",
    "after a lone carriage return": "\r# coding: latin-1\rx = 'é'\r",
    "with a form feed": "\f# coding: cp1252\nx = '€'\n",
    "a mark of its bytes": "\ufeffx = 'é'\n",
}


@pytest.mark.parametrize("name", SAME)
def test_the_text_that_was_read_is_what_python_runs(name: str) -> None:
    encoding = "cp1252" if "cp1252" in SAME[name] else "latin-1" if "latin-1" in SAME[name] else "utf-8"
    data = SAME[name].encode(encoding)
    work = of_bytes("a.py", data)
    assert work.problem is None
    assert ast.dump(ast.parse(work.source)) == ast.dump(ast.parse(data)) == ast.dump(syntax_of(work.text))


def test_what_is_no_program_once_it_is_decoded_is_none_for_python_either() -> None:
    # In EBCDIC the first line, which says so, is letters that mean nothing.
    data = b"# coding: cp037\n" + "\n# coding: utf-7\nx = 1\n".encode("cp037")
    for source in (data, of_bytes("a.py", data).source):
        with pytest.raises(SyntaxError):
            compile(source, "a.py", "exec")


@pytest.mark.parametrize("cookie", ["zlib", "no-such-one", "rot13", "hex"])
def test_an_encoding_that_is_none_is_for_python_to_refuse(cookie: str) -> None:
    data = f"# coding: {cookie}\nx = 1\n".encode()
    work = of_bytes("a.py", data)
    assert (work.problem, work.source) == (None, data)
    with pytest.raises(SyntaxError):
        compile(work.source, "a.py", "exec")


def test_a_null_that_an_encoding_hides_is_found() -> None:
    assert "not text" in (of_bytes("a.py", b"# coding: utf-7\nx = 1 # +AAA-\n").problem or "")


# --- trees ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["x = ...", "x = b'\\xff\\0'", "x = 2 ** 1j", f"x = 0x{'f' * 600}", "x = '\\ud800'", "x = 1e999", "x = None, True",
     "def f(a, /, b=1, *c, d=2, **e) -> int: return f'{a!r:>{b}}'", "match x:\n case [1, *_] | {'a': 2}: pass"],
)  # fmt: skip
def test_every_constant_crosses_as_it_is(text: str) -> None:
    assert ast.dump(syntax_of(text)) == ast.dump(ast.parse(text))


@pytest.mark.parametrize("path", sorted(ROOT.glob("solutions/*/*.py"))[::9], ids=lambda path: path.stem)
def test_the_trees_of_real_programs_cross_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.dump(syntax_of(text)) == ast.dump(ast.parse(text))


@pytest.mark.parametrize("text", ["a;" * 60_000, "a" + ".b" * 20_000, ENDLESS])
def test_what_nobody_looks_through_is_not_taken_for_empty(text: str) -> None:
    """Or data that is pasted below a program would hide from the checks what is in it."""
    assert of_bytes("a.py", text.encode()).problem
    with pytest.raises(CheckFailed):
        syntax_of(text)


@pytest.mark.parametrize(
    "items", [[9], [0], [0, "os"], [0, "Module", None, None, 1, -1], [0, "Name", 1], ["x"], [1, 10**12, 0], [0, 5]]
)
def test_what_is_no_tree_is_a_fault_of_ours(items: list[facts.Scalar]) -> None:
    with pytest.raises(SandboxUnavailable):
        tree_from(items)


# --- whatever it is given -------------------------------------------------------------------------------------------


def is_said(data: bytes, name: str) -> None:
    """There is a program, or one sentence; and the same reader's process, which has not died, reads the next one."""
    work = of_bytes(name, data)
    assert bool(work.problem) == (not work.source)
    assert work.problem is None or (len(work.problem.splitlines()) == 1 and len(work.problem) <= 300)


@pytest.mark.slow
@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_a_program_or_a_sentence(data: bytes) -> None:
    HERE.begin()
    process = HERE._process
    is_said(data, "a.py")
    is_said(data, "a.ipynb")
    assert HERE._process is process


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
CELL = st.fixed_dictionaries(
    {},
    optional={"cell_type": st.just("code") | JSON, "source": st.text(max_size=60) | JSON, "id": JSON, "outputs": JSON},
)
NOTEBOOK = st.fixed_dictionaries(
    {},
    optional={
        "nbformat": st.integers(0, 9) | JSON,
        "nbformat_minor": st.integers(0, 9) | JSON,
        "metadata": JSON,
        "cells": st.lists(CELL | JSON, max_size=5) | JSON,
        "worksheets": JSON,
    },
)


@pytest.mark.slow
@settings(max_examples=8)
@given(NOTEBOOK)
def test_any_notebook_is_a_program_or_a_sentence(document: object) -> None:
    is_said(json.dumps(document).encode(), "a.ipynb")


@pytest.mark.slow
@settings(max_examples=300)
@given(NOTEBOOK)
def test_whatever_is_read_of_a_notebook_is_a_program_or_a_reason(document: object) -> None:
    """Here in this process, where nbformat is loaded once: the reader's forks load it anew for an old notebook."""
    with contextlib.suppress(Unfit):
        assert read_notebook(json.dumps(document).encode()).source


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_any_damage_to_an_archive_is_a_list_or_a_reason(rng: random.Random, bites: int) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("ex13.py", "a/b/ex14.py", "../x.py", "__MACOSX/._ex13.py", "ä/ex01.ipynb"):
            archive.writestr(name, b"x = 1\n" * 50)
    data = bytearray(memory.getvalue())
    for _ in range(bites):
        data[rng.randrange(len(data))] = rng.randrange(256)
    with open(os.memfd_create("damaged"), "w+b") as file:
        file.write(data)
        file.flush()
        with Conversation(HERE, file.fileno()) as conversation:
            try:
                listed = conversation.ask(facts.ListArchive(eager=1000))
                assert isinstance(listed, facts.Members | facts.Unusable)
                for member in listed.members if isinstance(listed, facts.Members) else ():
                    got = conversation.ask(facts.Unpack(number=member.number))
                    assert isinstance(got, facts.Content | facts.Unusable)
            except TooCostly:
                pass  # it claims to be large: a limit has ended it
