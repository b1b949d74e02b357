"""Self-contained web pages from templates: nothing is fetched, no student's text can act, and no other script runs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.reports import words
from grader.text import clean, label, one_line


def render(template: str, *, styles: tuple[str, ...], script: str = "", connects: bool = False, **context: Any) -> str:
    """A page made of a template, with these style sheets and this script (files beside the templates) inside it.

    Every text is escaped and cleaned of control and direction characters where it is printed. The page's policy allows
    exactly this style and this script, by their hashes, and forbids everything else; `connects`: the script may ask the
    page's own server.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            style=Markup(_joined(styles)),
            script=Markup(_asset(script)) if script else "",
            policy=policy(styles, script, connects=connects),
            **context,
        )
    )


def policy(styles: tuple[str, ...], script: str = "", *, connects: bool = False) -> str:
    """The content security policy of a page with these style sheets and this script; see `render`."""
    allowed = _hash_of(_asset(script)) if script else "'none'"
    parts = [
        "default-src 'none'",
        f"style-src {_hash_of(_joined(styles))}",
        f"script-src {allowed}",
        "base-uri 'none'",
        "form-action 'none'",
        *(["connect-src 'self'"] if connects else []),
    ]
    return "; ".join(parts)


def source_of(*names: str) -> str:
    """sha256 of templates, style sheets and scripts: another one makes another page."""
    return hashlib.sha256("\0".join(map(_asset, names)).encode()).hexdigest()


def _joined(styles: tuple[str, ...]) -> str:
    return "".join(map(_asset, styles))


def fragment(template: str, *, styles: tuple[str, ...], **context: Any) -> str:
    """A part of somebody else's page, such as a notebook, made of a template: every text is escaped and cleaned."""
    style = "".join(_asset(name) for name in styles)
    return _environment().get_template(template).render(style=Markup(style), **context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters |= {
        "label": label,
        "points_of": words.points_of,
        "reasons": words.reasons,
        "quotation": words.quotation,
        "callers": words.callers,
        "overall": words.overall,
        "cell_reasons": words.cell_reasons,
        "verdict": words.verdict,
        "number": "{:g}".format,
        "one_line": one_line,
        "learning_curves": _learning_curves,
        "confusion_matrix": _confusion_matrix,
    }
    return environment


def _learning_curves(curves: Mapping[str, Sequence[float]]) -> Markup:
    from grader.reports import pictures  # matplotlib: for reports on training only

    return Markup(pictures.learning_curves(curves))


def _confusion_matrix(confusion: Sequence[Sequence[int]], classes: Sequence[str]) -> Markup:
    from grader.reports import pictures

    return Markup(pictures.confusion_matrix(confusion, classes))


@cache
@cache
def _asset(name: str) -> str:
    return files("grader.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
