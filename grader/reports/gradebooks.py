"""The gradebooks that a class's marks can be written as. Light, since the command line names them."""

from enum import StrEnum


class Gradebook(StrEnum):
    """Whose columns a gradebook has; `csv` is our own, which is always written."""

    CSV = "csv"
    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
