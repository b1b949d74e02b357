"""The formats in which reports are handed on. Light, since the command line names them."""

from enum import StrEnum


class Format(StrEnum):
    """A form of reports; `grader/reports/formats.py` says what renders each."""

    TERMINAL = "terminal"
    PLAIN = "plain"
    JSON = "json"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"
    HTML = "html"
    LINES = "lines"


class ResultsFile(StrEnum):
    """Whose file an autograder writes."""

    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"
