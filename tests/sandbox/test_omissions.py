"""What libraries import for what nobody does here is left out where it takes long, and only there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.sandbox import omissions

TOUCHES = """
import sys
from grader.sandbox.inside import warmth
from grader.sandbox.inside.reader import notebooks
warmth.touch_kernel()
notebooks._upgrade({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]})
import nbformat
nbformat.validate(nbformat.v4.new_notebook())
print([name for name in ("rfc3987_syntax", "debugpy") if name in sys.modules])
"""


@pytest.mark.slow
def test_neither_the_zygote_nor_the_reader_imports_what_takes_seconds() -> None:
    done = subprocess.run([sys.executable, "-c", TOUCHES], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_a_package_is_missing_within_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    with omissions.without("wave"), pytest.raises(ModuleNotFoundError):
        import wave
    import wave

    with omissions.without("wave"):
        import wave as again
    assert again is wave, "what is there already stays"
