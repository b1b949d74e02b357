"""The pages that people read, and a way to do what they say: every command in a folder like the reader's own."""

from __future__ import annotations

import glob
import os
import re
import shlex
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from conftest import ROOT
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typed import run_main

from grader.authoring import release
from grader.exercises.course import Course

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # typer asks click for names that click will drop one day
    import click

    from grader import cli
    from grader.commands.exercise_options import TakesExerciseOptions
    from grader.commands.table import ROWS

KIT: Final = "the kit's README.md"
ROOT_PAGES: Final = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES: Final = (*ROOT_PAGES, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))), KIT)
PROMPT: Final = "$ "
_OPERATORS: Final = re.compile(r"[|;&<>$`(){}]")
_TITLE: Final = re.compile(r'title="(?P<path>[^"]+)"')
_OPTION: Final = re.compile(r"--?[a-z][a-z-]*")
SECONDS: Final = 120


@dataclass(frozen=True)
class Fence:
    """A fenced block: its language, the file that the page says it is (or ""), the index of its first line."""

    page: str
    line: int
    language: str
    path: str
    content: str


@dataclass(frozen=True)
class Step:
    """One command of a page and what the page shows of its output: None if it shows nothing."""

    page: str
    line: int
    command: str
    shown: str | None = None


@cache
def text_of(page: str) -> str:
    """A page; the kit's is filled as `grade release` fills it, and lies where this repository's README.md does."""
    if page == KIT:
        return release.build(Course(ROOT))["README.md"].decode()
    return (ROOT / page).read_text(encoding="utf-8")


def tokens_of(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text_of(page))


def fences_of(page: str) -> Iterator[Fence]:
    for token in tokens_of(page):
        if token.type == "fence":
            title = _TITLE.search(token.info)
            line = (token.map or [0])[0] + 1
            language = token.info.split()[0] if token.info.split() else ""
            yield Fence(page, line, language, title["path"] if title else "", token.content)


def inline_of(page: str) -> Iterator[Token]:
    """Everything that stands within a line of text: code spans, links, headings' words."""
    for token in tokens_of(page):
        yield from token.children or ()


def headings_of(page: str) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    tokens = tokens_of(page)
    titles = [
        "".join(child.content for child in tokens[index + 1].children or ())
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-") for title in titles}


def steps_of(fence: Fence) -> list[Step]:
    """The commands of a block: a script is one, else each line is, or each line behind a prompt with what it shows."""
    lines = fence.content.replace("\\\n", "").splitlines()
    if fence.language == "sh":
        if fence.content.startswith("#!"):
            return [Step(fence.page, fence.line, fence.content)]
        commands = [line for line in lines if line.strip() and not line.startswith("#")]
        return [Step(fence.page, fence.line, _without_comment(line)) for line in commands]
    if fence.language != "console":
        return []
    steps: list[Step] = []
    for line in lines:
        if line.startswith(PROMPT):
            steps.append(Step(fence.page, fence.line, _without_comment(line.removeprefix(PROMPT)), ""))
        else:
            last = steps.pop()  # a block that begins without a prompt shows what nobody has asked
            steps.append(Step(last.page, last.line, last.command, f"{last.shown}{line}\n"))
    return steps


def _without_comment(line: str) -> str:
    return re.sub(r"(?<!\S)#(?!!).*", "", line).strip()


# --- what `grade` knows -----------------------------------------------------------------------------------------------


_CONTEXT: Final = click.Context(cli.app)
SUBCOMMANDS: Final = {name: command for name in ROWS if (command := cli.app.get_command(_CONTEXT, name))}
OPTIONS: Final = {
    name: {"--help", *(option for parameter in command.params for option in parameter.opts + parameter.secondary_opts)}
    | ({f"--{of_one}" for of_one in command.declared(ROOT)} if isinstance(command, TakesExerciseOptions) else set())
    for name, command in SUBCOMMANDS.items()
}
"""What each takes, with what this repository's exercises declare."""
OWN_OPTIONS: Final = {"--help", *(option for parameter in cli.app.params for option in parameter.opts)}


def unknown_in(command: str) -> list[str]:
    """The options in a `grade …` line that its subcommand lacks."""
    words = command.split()[1:]
    if not words or words[0] in OWN_OPTIONS:
        return [word for word in words if word.startswith("-") and word not in OWN_OPTIONS]
    known = OPTIONS[words[0]] if words[0] in OPTIONS else OPTIONS["run"]
    options = [word.split("=")[0] for word in words if _OPTION.fullmatch(word.split("=")[0])]
    return [option for option in options if option not in known]


# --- doing it ---------------------------------------------------------------------------------------------------------


class Session:
    """A reader at a terminal of 80 columns, in a folder of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        programs = folder.parent / "programs"
        programs.mkdir()
        for program, text in {
            "grade": f"#!{sys.executable}\nfrom grader.cli import main\nmain()\n",
            "python": f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n',
        }.items():
            (programs / program).write_text(text)
            (programs / program).chmod(0o755)
        for name, value in {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
            "GRADE_SECRET": "of the documents",
            "HOME": str(folder.parent),
            "SCIKIT_LEARN_DATA": str(folder.parent / "no_data"),
            "https_proxy": "http://127.0.0.1:9",  # nothing is downloaded, wherever this is run
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
        }.items():
            monkeypatch.setenv(name, value)
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)

    def write(self, path: str, content: str) -> None:
        """What the page says is to be in a file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(content, encoding="utf-8")

    def run(self, command: str, keys: str = "") -> tuple[int, str]:
        """The exit code, and everything that was printed. `keys` are typed."""
        words = shlex.split(command)
        if words[0] == "cd":
            self._monkeypatch.chdir(Path.cwd() / words[1])
            return 0, ""
        if words[0] == "grade" and not _OPERATORS.search(command) and not keys:
            arguments = [path for word in words[1:] for path in _expanded(word)]
            return run_main(arguments, self._monkeypatch, together=True)[:2]
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],
            input=keys, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout


def _expanded(word: str) -> list[str]:
    return sorted(glob.glob(word)) or [word] if "*" in word else [word]


def pattern_of(shown: str) -> re.Pattern[str]:
    """What an output must be like that is shown so: the same words, whatever the times, the numbers, and the breaks.

    … stands for anything.
    """
    return re.compile(".*".join(re.escape(plain(part)) for part in shown.split("…")), re.DOTALL)


def plain(output: str) -> str:
    """An output without what differs from run to run and from machine to machine."""
    for pattern, word in (
        (r"\d{4}-\d{2}-\d{2}-\d{6}", "DATE"),
        (r"\d{2}:\d{2}:\d{2}", "TIME"),
        (r"seed \d+", "seed N"),
        (r"-?\d+\.\d+(e-?\d+)?", "X"),
        (r"isolation (full|no-namespaces|basic)", "isolation LEVEL"),
        (r"· (cpu|cuda|mps) ·", "· DEVICE ·"),
        (r"[\d,]+ (bytes|files)", r"N \1"),
        (r"/\S+/(?=(results|course|exercises|kit))", "/…/"),
    ):
        output = re.sub(pattern, word, output)
    return " ".join(output.split())
