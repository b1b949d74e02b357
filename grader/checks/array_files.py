"""Arrays that are too large for the line to a worker: written to a file once, and handed over as an open descriptor.

The file has no name any more when it is handed over, and is open for reading only: a worker can neither change it nor
find others like it. It is gone when the last process lets go of it.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from grader.checks.evidence import ArrayFile
from grader.errors import OurFault

if TYPE_CHECKING:
    import numpy as np


def write(name: str, parts: Iterable[np.ndarray[Any, Any]]) -> ArrayFile:
    """Put an array into a file, given as its parts along the first dimension, one in memory at a time.

    Its descriptor is closed when the ArrayFile goes.

    Raises:
        OurFault: if there is no room for it.
    """
    dtype, shape, rows = "", (), 0
    try:
        with tempfile.NamedTemporaryFile(prefix="grade-") as file:
            for part in parts:
                dtype, shape, rows = str(part.dtype), part.shape[1:], rows + part.shape[0]
                file.write(part.data if part.flags.c_contiguous else part.tobytes())
            file.flush()
            os.chmod(file.name, 0o400)
            fd = os.open(file.name, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        folder = tempfile.gettempdir()
        raise OurFault(
            f"{name} could not be written to {folder} ({error.strerror}): free some space there, or set TMPDIR."
        ) from None
    array = ArrayFile(name, fd, dtype, (rows, *shape))
    weakref.finalize(array, os.close, fd)
    return array
