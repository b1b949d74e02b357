"""All mutants of a program: each differs from it in one place, and no two are alike."""

from __future__ import annotations

import ast
import difflib
import hashlib
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from grader.authoring.mutants import calls, order, ordinary, statements, tensors
from grader.authoring.mutants.change import Change, Site, sites, text_of

Operator = Callable[[Site], Iterator[Change]]
# A mutant that several would make has the name of the first: what matters for tensors is told by its own name.
OPERATORS: Final[tuple[Operator, ...]] = (
    *tensors.OPERATORS,
    *statements.OPERATORS,
    *order.OPERATORS,
    *calls.OPERATORS,
    *ordinary.OPERATORS,
)
NAMES: Final = tuple(operator.__name__ for operator in OPERATORS)


@dataclass(frozen=True)
class Mutant:
    """A program that differs from a right one in one place.

    Attributes:
        base: the right program's name: that of its file.
        operator: what has changed it, by name.
        function: where, as `Dense.forward`; "" at the top of the program.
        line: the number of the first line that differs.
        lines: from the first that differs to the last, each after "- ", "+ " or two spaces.
        source: the whole text.
        fingerprint: of the difference, the same as long as these lines and the function's name are, and no program
            before it has the same.
    """

    base: str
    operator: str
    function: str
    line: int
    lines: tuple[str, ...]
    source: str
    fingerprint: str


def mutants_of(source: str, base: str, alike: Counter[tuple[str, ...]] | None = None) -> tuple[Mutant, ...]:
    """The mutants of a program, from its top.

    Those that parse to the same syntax tree are one, and one that Python refuses is none.

    Args:
        source: a program that can be parsed.
        base: its name.
        alike: how often each difference was met in other programs, if there are some: the same one here is another.
    """
    program = ast.parse(source)
    seen = {ast.dump(program)}
    alike = Counter() if alike is None else alike
    found = []
    for site in sites(program, source):
        for operator in OPERATORS:
            for change in operator(site):
                text = text_of(site, change)
                if (tree := _tree_of(text)) is not None and tree not in seen:
                    seen.add(tree)
                    found.append(_mutant(source, text, base, operator.__name__, site, alike))
    return tuple(found)


def _tree_of(text: str) -> str | None:
    """The syntax tree; None if Python refuses the program."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
            compile(tree, "mutant", "exec")
        except SyntaxError:
            return None
    return ast.dump(tree)


def _mutant(source: str, text: str, base: str, operator: str, site: Site, alike: Counter[tuple[str, ...]]) -> Mutant:
    first, lines = _difference(source.split("\n"), text.split("\n"))
    what = (site.function, *(line[:2] + line[2:].strip() for line in lines))
    alike[what] += 1
    # The same change in the same function a second time is another mutant.
    told = "\n".join((*what, *([str(alike[what])] if alike[what] > 1 else [])))
    fingerprint = hashlib.sha256(told.encode()).hexdigest()[:8]
    return Mutant(base, operator, site.function, first + 1, tuple(lines), text, fingerprint)


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[int, list[str]]:
    """The index of the first line that differs, and the lines from there to the last that does."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    differs = [place for place, block in enumerate(blocks) if block[0] != "equal"]
    lines = []
    for kind, start, end, new_start, new_end in blocks[differs[0] : differs[-1] + 1]:
        if kind == "equal":
            lines += [f"  {line}" for line in old[start:end]]
        else:
            lines += [*(f"- {line}" for line in old[start:end]), *(f"+ {line}" for line in new[new_start:new_end])]
    return blocks[differs[0]][1], lines
