"""Packages that only some of the work needs: which are missing here, and what brings them, in one sentence.

The project declares them as extras (`labs`, `notebooks`, …); an exercise names its own in `exercise.toml`. Nothing is
looked up before something is missing.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

PROJECT: Final = "torch-exercise-grader"
GRADING: Final = ("torch", "numpy", "safetensors")
"""What a worker cannot do without."""
NOTEBOOKS: Final = ("nbclient", "ipykernel")
"""What executing a notebook takes; both bring what they need themselves."""
_MODULES: Final = {"scikit-learn": "sklearn", "pyyaml": "yaml", "pyzmq": "zmq", "ipython": "IPython"}
"""Packages whose module has another name."""
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?")
_EXTRA: Final = re.compile(r"""extra\s*==\s*['"]([\w-]+)['"]""")
_CPU_BUILD: Final = " (add --index-url https://download.pytorch.org/whl/cpu if there is no Nvidia GPU)"


def name_of(requirement: str) -> str:
    """The package of a requirement: scikit-learn of "scikit-learn>=1.5"."""
    found = _NAME.match(requirement.strip())
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def missing(requirements: Iterable[str]) -> tuple[str, ...]:
    """Those of some packages that are not installed here, as they were named."""
    return tuple(requirement for requirement in requirements if not is_here(name_of(requirement)))


def is_here(package: str) -> bool:
    """Whether a package is installed. Nothing is imported."""
    if importlib.util.find_spec(module_of(package)) is not None:
        return True
    from importlib.metadata import PackageNotFoundError, distribution  # 20 ms: for packages that are no module alone

    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


def lack(whose: str, requirements: Sequence[str]) -> str:
    """The sentence that says that packages are missing, and what brings them.

    Args:
        whose: who needs them, with the verb: "lab15 needs".
        requirements: the packages, as they were asked for.
    """
    declared = _declared()
    names = [name_of(requirement) for requirement in requirements]
    extras = list(dict.fromkeys(declared[name][0] for name in names if name in declared and declared[name][0]))
    wanted = " ".join(_quoted(declared[name][1] if name in declared else name) for name in names)
    brought = f" (the extra `{extras[0]}` brings {'it' if len(names) == 1 else 'them'})" if len(extras) == 1 else ""
    build = _CPU_BUILD if "torch" in names else ""
    are = "is" if len(names) == 1 else "are"
    install = f"python -m pip install {wanted}{brought or build}"
    return f"{whose} {_listed(names)}, which {are} not installed here: {install}."


def module_of(package: str) -> str:
    """What a package is imported as: sklearn for "scikit-learn"."""
    return _MODULES.get(package, package.replace("-", "_"))


def lack_of_module(module: str | None) -> str:
    """The sentence for an import that failed, if that module is of a package that the project declares; else ""."""
    top = (module or "").partition(".")[0]
    package = next((name for name, other in _MODULES.items() if other == top), top.replace("_", "-").lower())
    return lack("This needs", [package]) if package in _declared() and not is_here(package) else ""


def declared_requirement(package: str) -> str:
    """How the project itself requires a package, with the versions it may have; the bare name if it does not."""
    return _declared().get(name_of(package), ("", package))[1]


def _declared() -> dict[str, tuple[str, str]]:
    """Package → the extra that brings it ("" if everybody has it), and the requirement. Smaller extras come first."""
    base, extras = _from_checkout() or _from_metadata()
    found: dict[str, tuple[str, str]] = {}
    for extra, requirements in (("", base), *sorted(extras.items(), key=lambda pair: len(pair[1]))):
        for requirement in requirements:
            found.setdefault(name_of(requirement), (extra, requirement))
    found.pop(PROJECT, None)
    return found


_Requirements = tuple[list[str], dict[str, list[str]]]
"""What everybody needs, and what each extra brings."""


def _from_checkout() -> _Requirements | None:
    """As pyproject.toml says it, where this package lies beside its own: in a clone, or in the students' kit."""
    import tomllib  # when something is missing, and not before

    try:
        text = (Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8")
        project: dict[str, Any] = tomllib.loads(text)["project"]
    except (OSError, ValueError, KeyError):
        return None
    if project.get("name") != PROJECT:
        return None
    return list(project["dependencies"]), dict(project["optional-dependencies"])


def _from_metadata() -> _Requirements:
    """As it was installed from a wheel."""
    from importlib.metadata import PackageNotFoundError, requires

    base: list[str] = []
    extras: dict[str, list[str]] = {}
    try:
        lines = requires(PROJECT) or []
    except PackageNotFoundError:
        lines = []
    for line in lines:
        requirement, _, marker = line.partition(";")
        extra = _EXTRA.search(marker)
        (extras.setdefault(extra[1], []) if extra else base).append(requirement.strip())
    return base, extras


def _quoted(requirement: str) -> str:
    return f"'{requirement}'" if re.search(r"[<>=\[ ]", requirement) else requirement


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
