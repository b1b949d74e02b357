"""Turns what happened to a student's code into a verdict's words: one sentence, the place, the likely mistake."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.checks.compare import cut
from grader.errors import CheckFailed, StudentFault, StudentRaised, WorkerCrashed, WorkerTimeout
from grader.grading.unreadable import NOTEBOOK_LINE, why_unreadable
from grader.results import Status
from grader.sandbox.wire import Frame, Raised

# A hostile worker may report an exception of any length.
_NAME_SHOWN, _MESSAGE_SHOWN = 80, 600
OUT_OF_MEMORY = "It asked for more memory than a solution needs."
_LEVELS_SHOWN, _FRAMES_READ = 3, 20
PACKAGES = ("torch", "numpy", "torchvision", "torchmetrics", "sklearn", "optuna")
"""What student code may import beside Python's own library: the chapter's packages."""
PACKAGES_IF_INSTALLED = ("matplotlib", "pandas", "scipy", "tqdm")
"""No exercise needs them, but they may be imported where they are installed."""


@dataclass(frozen=True)
class Verdict:
    """A status and its words, before they become a CheckResult."""

    status: Status
    message: str
    mistake: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)
    share: float = 0.0


def verdict_of(fault: StudentFault, explanations: Mapping[str, str]) -> Verdict:
    """The verdict on a check that a fault of the student's work has ended.

    Args:
        fault: what happened.
        explanations: exception type name, or "Type: words of its message" → sentence, as the check's author gave them;
            "WorkerTimeout" is one, too.
    """
    match fault:
        case CheckFailed():
            return Verdict(Status.FAILED, fault.message, fault.mistake, fault.evidence, fault.share)
        case StudentRaised():
            return _raised(fault, explanations)
        case WorkerTimeout():
            return Verdict(
                Status.TIMEOUT,
                f"{fault.question} gave no answer within {fault.seconds:.3g} s.",
                explanations.get("WorkerTimeout", "Is there a loop that never ends?"),
                {"asked": fault.question},
            )
        case WorkerCrashed():
            return Verdict(
                Status.CRASHED,
                f"{fault.question} ended without an answer: {fault.cause}.",
                None,
                {"asked": fault.question},
            )
        case _:
            return Verdict(Status.FAILED, str(fault))


def _raised(fault: StudentRaised, explanations: Mapping[str, str]) -> Verdict:
    raised, question = fault.raised, fault.question
    name, message = cut(raised.type_name, _NAME_SHOWN), cut(raised.message.rstrip(". \n"), _MESSAGE_SHOWN)
    error = f"{name}: {message}" if message else name
    evidence = {"asked": question, "error": error}
    if "SyntaxError" in raised.bases and ("codec" in raised.message or "UTF-8" in raised.message):
        sentence = "Your file has characters that are not UTF-8: save it again with the encoding UTF-8."
        return Verdict(Status.ERROR, f"Python cannot read the file: {cut(raised.message)}.", sentence, evidence)
    if raised.line is not None and "SyntaxError" in raised.bases:
        return Verdict(Status.ERROR, *_syntax(raised, evidence))
    # What a stub raises is a RuntimeError by birth, but never what a check means by one.
    names = () if _is_unwritten(raised) else raised.bases
    known = None if _is_unwritten(raised) else _accident(raised)
    by_words = {key: sentence for key, sentence in explanations.items() if ": " in key}
    # The more a sentence's evidence says, the earlier it comes: a question's own, words of the message, the type alone.
    known = fault.mistake or _explained(names, raised.message, by_words) or known
    known = known or _explained(names, raised.message, explanations)
    if not raised.frames:
        # The call itself failed: a check's sentence is about what happens inside.
        mistake = _signature(raised) or known or _general(raised)
        return Verdict(Status.ERROR, f"{question} raised {error}.", mistake, evidence)
    last, *callers = _levels(raised.frames)
    file = cut(last.file, _NAME_SHOWN)
    place = f"{_line_of(last)}{_inside(last)}" if _is_cell(last) else f"{file}:{last.line}{_inside(last)}"
    evidence |= {"where": place, "line": cut(last.source)}
    if callers:
        evidence["called_from"] = "\n".join(
            f"{_line_of(frame)}{_inside(frame)}: {cut(frame.source.strip())}" for frame in callers
        )
    return Verdict(Status.ERROR, f"Your code raised {error} at {place}.", known or _general(raised), evidence)


def _explained(names: Sequence[str], message: str, explanations: Mapping[str, str]) -> str | None:
    """The sentence whose key is the exception's type, or one of its bases, and, after a colon, words of its message."""
    for name in names:
        for key, sentence in explanations.items():
            wanted, _, words = key.partition(": ")
            if wanted == name and words in message:
                return sentence
    return None


def _levels(frames: Sequence[Frame]) -> list[Frame]:
    """Where the student's code was, innermost first: at most three places, each once, however often it called itself.

    What runs inside one line (a comprehension, a lambda) is not told apart from the function that the line is in.
    """
    found: list[Frame] = []
    for frame in reversed(frames[-_FRAMES_READ:]):
        if found and _line_of(frame) == _line_of(found[-1]) and found[-1].function.startswith("<"):
            found[-1] = frame
        elif all(_line_of(frame) != _line_of(known) for known in found):
            found.append(frame)
    return found[:_LEVELS_SHOWN]


def _is_cell(frame: Frame) -> bool:
    return frame.file.startswith("cell ")


def _line_of(frame: Frame) -> str:
    """A line of the student's one file, or of a notebook's cell."""
    return f"{cut(frame.file, _NAME_SHOWN)}, line {frame.line}" if _is_cell(frame) else f"line {frame.line}"


def _inside(frame: Frame) -> str:
    # <module>, <lambda> and <genexpr> are Python's words, and say no more than the line does.
    return "" if frame.function.startswith("<") else f", in {cut(frame.function, _NAME_SHOWN)}"


def _syntax(raised: Raised, evidence: dict[str, str]) -> tuple[str, str | None, dict[str, str]]:
    text = cut(raised.text or "")
    column = min(max(1, raised.column or 1), len(text) + 1)
    # The caret counts characters of the line as it is shown, without its indentation.
    indent = len(text) - len(text.lstrip())
    evidence |= {"where": f"line {raised.line}", "line": text.strip()}
    if text.strip():
        evidence["caret"] = " " * max(0, column - 1 - indent) + "^"
    sentence = why_unreadable(raised, sys.version_info[:2])
    return f"Python cannot read line {raised.line}: {cut(raised.message)}.", sentence, evidence


def _not_installed(raised: Raised) -> str:
    there = [*PACKAGES, *(name for name in PACKAGES_IF_INSTALLED if importlib.util.find_spec(name) is not None)]
    name = re.fullmatch(r"No module named '([\w.]{1,40})'.*", raised.message)
    own = f" If {name[1].split('.')[0]} is a file of your own, put what you use of it into this one." if name else ""
    return f"Only this file is graded, with {', '.join(there)}.{own}"


def _accident(raised: Raised) -> str | None:
    """What torch raises as a RuntimeError, whatever a check means by one."""
    if re.search(r"No CUDA GPUs are available|Found no NVIDIA driver|not compiled with CUDA", raised.message):
        return "This machine has no GPU: choose the device with torch.cuda.is_available()."
    if "RuntimeError" in raised.bases and "allocate memory" in raised.message:
        return OUT_OF_MEMORY
    if "RuntimeError" in raised.bases and "DataLoader worker" in raised.message:
        return "A loader's worker process died: what does your Dataset do there? num_workers=0 shows its error."
    return None


def _signature(raised: Raised) -> str | None:
    if "TypeError" in raised.bases and "argument" in raised.message:
        return "Keep the arguments as the stub has them."
    return None


def _is_unwritten(raised: Raised) -> bool:
    """Whether a stub's own `raise NotImplementedError` was met. torch raises it, too, for what it cannot do."""
    own = not raised.frames or raised.frames[-1].source.startswith("raise")
    return own and "NotImplementedError" in raised.bases


def _general(raised: Raised) -> str | None:
    bases = raised.bases
    if _is_unwritten(raised):
        return "This part of the stub is still to be written."
    if "ModuleNotFoundError" in bases:
        return _not_installed(raised)
    if "NameError" in bases and re.search(r"name '(get_ipython|display)' is not defined", raised.message):
        return NOTEBOOK_LINE
    if raised.suggestion.isidentifier():
        return f"Did you mean {cut(raised.suggestion, _NAME_SHOWN)}?"
    if "SystemExit" in bases or "KeyboardInterrupt" in bases:
        return "Do not end the program from a solution: return a value instead of calling exit()."
    if "EOFError" in bases:
        return "Nobody is there to type while your work is graded: take values as arguments, not from input()."
    if "MemoryError" in bases:
        return OUT_OF_MEMORY
    if "RecursionError" in bases:
        return "A function keeps calling itself."
    if "PermissionError" in bases or "OSError" in bases:
        return "Your work is graded in a closed room: it may use its own temporary folder, no network, no programs."
    return None
