"""Expectations: each compares an answer with the truth and raises CheckFailed with a sentence and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from grader.checks import compare
from grader.checks.compare import Aspect, Difference
from grader.checks.evidence import Said, Tensor, Thing
from grader.errors import CheckFailed, NotGradable, StudentRaised

_GLIMPSE = 80
"""Characters shown of an answer whose beginning is right."""
Mistakes = Mapping[str, Any]
"""Sentence that names a mistake → the value that this mistake would give, or a predicate of the answer's value."""


def close(
    answer: Said,
    expected: Any,
    *,
    mistakes: Mistakes | None = None,
    rtol: float = compare.RTOL,
    atol: float = compare.ATOL,
    dtype: str | None = None,
) -> None:
    """The answer equals `expected` within tolerance; see `compare.difference` for what may stand for what.

    Raises:
        CheckFailed: with both values, and the mistake that gives the value which was answered, if one does.
    """
    found = compare.difference(answer.value, expected, rtol=rtol, atol=atol, dtype=dtype)
    if found is None:
        return

    def made(mistake: Any) -> bool:
        if callable(mistake):
            return _holds(mistake, answer.value)
        return compare.difference(answer.value, mistake, rtol=rtol, atol=atol) is None

    texts = compare.show_both(answer.value, expected)
    raise CheckFailed(
        _sentence(answer, texts, found),
        mistake=_recognise(mistakes, made, found, answer.value),
        evidence=_evidence(answer, texts),
    )


def equal(answer: Said, expected: Any, *, mistakes: Mistakes | None = None) -> None:
    """The answer equals `expected` exactly."""
    close(answer, expected, mistakes=mistakes, rtol=0.0, atol=0.0)


def that(holds: bool, message: str, *, mistake: str | None = None, evidence: Mapping[str, str] | None = None) -> None:
    """Some property of the answers holds; `message` is a whole sentence that says what does not.

    Raises:
        CheckFailed: if it does not.
    """
    if not holds:
        raise CheckFailed(message, mistake=mistake, evidence=evidence)


def gradable(holds: bool, message: str) -> None:
    """This machine and its torch have what the check is about; `message` is a whole sentence that says what is lacking.

    Raises:
        NotGradable: if they have not; the check then counts neither for nor against the student.
    """
    if not holds:
        raise NotGradable(message)


def tensor(
    answer: Said, *, shape: tuple[int, ...] | None = None, dtype: str | None = None, mistakes: Mistakes | None = None
) -> Tensor:
    """The answer is a tensor, of this shape and dtype where given; the tensor.

    Raises:
        CheckFailed: if it is not.
    """
    value, found = answer.value, None
    if not isinstance(value, Tensor) or value.is_array:
        found = Difference(Aspect.TYPE, f"that is {compare.type_of(value)}, not a tensor")
    elif shape is not None and value.shape != shape:
        found = Difference(Aspect.SHAPE, f"its shape is {value.shape}, not {shape}")
    elif dtype is not None and value.dtype != dtype:
        found = Difference(Aspect.DTYPE, f"its dtype is {value.dtype}, not {dtype}")
    if found is None:
        return value  # type: ignore[no-any-return]
    wanted = "a tensor" + (f" of shape {shape}" if shape is not None else "") + (f", dtype {dtype}" if dtype else "")
    texts = compare.show(value), wanted
    raise CheckFailed(
        _sentence(answer, texts, found),
        mistake=_recognise(mistakes, lambda mistake: callable(mistake) and _holds(mistake, value), found, value),
        evidence=_evidence(answer, texts),
    )


def number(answer: Said) -> float:
    """The answer is a number (or a tensor of one, without dimensions); the number.

    Raises:
        CheckFailed: if it is not.
    """
    found = compare.number_of(answer.value)
    if found is None:
        detail = Difference(Aspect.TYPE, f"that is {compare.type_of(answer.value)}, not a number")
        texts = compare.show(answer.value), "a number"
        raise CheckFailed(
            _sentence(answer, texts, detail),
            mistake=_general_mistake(answer.value),
            evidence=_evidence(answer, texts),
        )
    return found


def _sentence(answer: Said, texts: tuple[str, str], found: Difference) -> str:
    got, truth = texts
    # A call returns; a name, or a gradient that is spoken of, is.
    verb = "returned" if answer.question.endswith(")") and not answer.question.startswith("the ") else "is"
    if got == truth and found.detail:  # as for two large tensors, where only the detail tells them apart
        return f"{answer.question} {verb} {compare.cut(got, _GLIMPSE)}, but {found.detail}."
    text = f"{answer.question} {verb} {got}; expected {truth}."
    return f"{text} {found.detail[0].upper()}{found.detail[1:]}." if found.detail else text


def _holds(predicate: Callable[[Any], Any], value: Any) -> bool:
    """Whether a predicate recognises the answer. One that cannot even read it does not."""
    try:
        return bool(predicate(value))
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError):
        return False


def _recognise(mistakes: Mistakes | None, made: Callable[[Any], bool], found: Difference, value: Any) -> str | None:
    for sentence, mistake in (mistakes or {}).items():
        if made(mistake):
            return sentence
    return _general_mistake(value) if found.kind is Aspect.TYPE else None


def _general_mistake(value: Any) -> str | None:
    if value is None:
        return "Your function returned None: hand the result back with `return` (printing it is not enough)."
    if isinstance(value, Thing) and value.callable:
        return f"You returned the {value.type_name} itself: call it with parentheses."
    if value is Ellipsis or (isinstance(value, Thing) and value.type_name == "ellipsis"):
        return "The stub's `...` is still there: write your solution in its place."
    return None


def _evidence(answer: Said, texts: tuple[str, str]) -> dict[str, str]:
    return {"asked": answer.question, "got": texts[0], "expected": texts[1]}


@contextmanager
def explained(known: Mapping[str, str]) -> Iterator[None]:
    """What the student's code raises here is named by the words of its message.

    Args:
        known: words of a message → the sentence that names the mistake; the first that fit count. What fits none goes
            on as it is, to the check's own `explain`.
    """
    try:
        yield
    except StudentRaised as met:
        sentence = next((sentence for words, sentence in known.items() if words in met.raised.message), None)
        raise StudentRaised(met.raised, met.question, sentence) from None
