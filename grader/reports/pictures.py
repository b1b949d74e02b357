"""Pictures of a training, drawn by matplotlib as SVG that fits into a page: no style of its own, the page's colours.

A page forbids inline styles, so matplotlib's become attributes, and its colours become class names (`pictures.css`),
which know light and dark. Texts that a student may have chosen are names of curves: only plain ones are drawn.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_SVG: Final = "http://www.w3.org/2000/svg"
_COLOURS: Final = {"#010101": "ink", "#020202": "line", "#030303": "first", "#040404": "second", "#050505": "third"}
_INK, _LINE, _FIRST, _SECOND, _THIRD = _COLOURS
_CURVES_SHOWN: Final = 3
_PLAIN: Final = re.compile(r"[A-Za-z][\w .%()-]{0,39}", re.ASCII)
_FONT_PX: Final = 11


def learning_curves(curves: Mapping[str, Sequence[float]]) -> str:
    """Losses and accuracies by epoch, side by side; "" if there are none. Values are the student's own."""
    panels = [(word, dict(_named(word, curves))) for word in ("loss", "accuracy")]
    panels = [(word, found) for word, found in panels if found]
    if not panels:
        return ""
    figure = _figure(3.9 * len(panels), 2.7)
    for index, (word, found) in enumerate(panels):
        axes = figure.add_subplot(1, len(panels), index + 1)
        for colour, (name, values) in zip((_FIRST, _SECOND, _THIRD), found.items(), strict=False):
            epochs = range(1, len(values) + 1)
            axes.plot(epochs, values, color=colour, linewidth=1.8, marker="o" if len(values) < 30 else "", markersize=3)
            axes.lines[-1].set_label(name)
        _dress(axes, "epoch", word)
        axes.legend(frameon=False, fontsize=_FONT_PX * 0.75, labelcolor=_INK)
    return _svg(figure, "Learning curves, by epoch")


def confusion_matrix(confusion: Sequence[Sequence[int]], classes: Sequence[str]) -> str:
    """How often which class was taken for which: a row for each true class; "" if there is none."""
    if not confusion:
        return ""
    from matplotlib.patches import Rectangle

    size = len(confusion)  # classes; each cell is shaded by its share of the row
    figure = _figure(0.72 * size + 1.0, 0.5 * size + 0.9)
    axes = figure.add_subplot()
    for row, counts in enumerate(confusion):
        total = max(1, sum(counts))
        for column, count in enumerate(counts):
            share = count / total
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=_FIRST, alpha=0.06 + 0.64 * share, linewidth=0))
            axes.text(column + 0.5, row + 0.5, f"{count:,}", ha="center", va="center", color=_INK, fontsize=_POINTS)
    axes.set_xlim(0, size)
    axes.set_ylim(size, 0)
    axes.set_xticks([index + 0.5 for index in range(size)], classes)
    axes.set_yticks([index + 0.5 for index in range(size)], classes)
    _dress(axes, "predicted class", "true class", grid=False)
    return _svg(figure, "Confusion matrix of the test rows")


_POINTS: Final = _FONT_PX * 0.75


def _named(word: str, curves: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, Sequence[float]]]:
    found = [(name, values) for name, values in curves.items() if word in name and _PLAIN.fullmatch(name) and values]
    yield from found[:_CURVES_SHOWN]


def _figure(width: float, height: float) -> Figure:
    import matplotlib.figure

    figure = matplotlib.figure.Figure(figsize=(width, height), layout="constrained")
    figure.patch.set_visible(False)
    return figure


def _dress(axes: Axes, x: str, y: str, *, grid: bool = True) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.patch.set_visible(False)
    axes.set_xlabel(x, color=_INK, fontsize=_POINTS)
    axes.set_ylabel(y, color=_INK, fontsize=_POINTS)
    axes.tick_params(colors=_LINE, labelcolor=_INK, labelsize=_POINTS, length=3 if grid else 0)
    if grid:
        axes.grid(color=_LINE, linewidth=0.6)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for name, spine in axes.spines.items():
        spine.set_visible(grid and name in ("left", "bottom"))
        spine.set_edgecolor(_LINE)


def _svg(figure: Figure, title: str) -> str:
    import matplotlib

    file = io.StringIO()
    # The same picture has the same bytes, and two pictures on a page have different ids.
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": title}), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(file.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        _unstyle(element)
    prefix = re.sub(r"\W+", "-", title.lower())
    for element in root.iter():  # ids such as "axes_1" would be there twice
        _rename(element, prefix)
    del root.attrib["width"], root.attrib["height"]
    root.set("class", "picture")
    root.set("role", "img")
    root.set("aria-label", title)
    return ElementTree.tostring(root, encoding="unicode")


def _unstyle(element: ElementTree.Element) -> None:
    """Styles as attributes, known colours as classes, fonts as the page has them."""
    style = element.attrib.pop("style", "")
    pairs = [part.split(":", 1) for part in style.split(";") if ":" in part]
    found: dict[str, str] = {key.strip(): value.strip() for key, value in pairs}
    for key in ("fill", "stroke"):
        found.setdefault(key, element.attrib.get(key, ""))
    kinds = [f"{key}-{_COLOURS[value]}" for key, value in found.items() if value in _COLOURS]
    if kinds:
        element.set("class", " ".join(sorted(kinds)))
    for key, value in found.items():
        if key == "font" or key == "font-size":
            size = re.search(r"([\d.]+)px", value)
            element.set("font-size", size[1] if size else str(_FONT_PX))
        elif value in _COLOURS:
            element.attrib.pop(key, None)
        elif value and not key.startswith(("font-family", "font-style", "font-weight")):
            element.set(key, value)


def _rename(element: ElementTree.Element, prefix: str) -> None:
    if link := element.attrib.pop(_LINK, ""):  # plain in a page, where namespaces have no meaning
        element.set("href", link)
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, f"{prefix}-{value}")
        elif value.startswith("#"):
            element.set(key, f"#{prefix}-{value[1:]}")
        elif value.startswith("url(#"):
            element.set(key, f"url(#{prefix}-{value[5:]}")
