"""The commands of `grade`, as its help lists them: where each is, and the sentence that its docstring begins with.

Help and completion read this alone and import none of them, so that they are there at once. A test holds the sentences
against the docstrings.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Row(NamedTuple):
    """A command: the function in a module of this folder, and its first sentence."""

    function: str
    sentence: str


STUDENTS: Final = "For students"
INSTRUCTORS: Final = "For instructors"
AUTHORS: Final = "For course authors"
GROUPS: Final = {
    STUDENTS: {
        "board": Row("board.board", "Show all exercises, their points, and the next step: the same as `grade` alone."),
        "list": Row("list_.list_", "List all exercises, a short line each: name, points, title."),
        "next": Row("next_.next_", "Show what the next exercise that is not done asks for."),
        "show": Row("show.show", "Show what an exercise asks for."),
        "start": Row("start.start", "Copy an exercise's stub into this folder, to work on."),
        "open": Row("open_.open_", "Open your file in $VISUAL or $EDITOR, at the first thing to repair."),
        "run": Row("run.run", "Grade exercises, files, or all."),
        "watch": Row("watch.watch", "Check your file anew whenever you save it."),
        "hint": Row("hint.hint", "Show the next hint for an exercise: each time one more."),
        "reset": Row("reset.reset", "Make your file the stub again."),
        "submit": Row("submit.submit", "Put your work into one zip to hand in, and say which files do not run."),
        "notebook": Row(
            "notebook.notebook",
            "Make a notebook of an exercise: its statement, and its stub cell by cell.",
        ),
        "data": Row(
            "data.data",
            "Check which data that exercises are graded on are here; with --fetch, download what is missing.",
        ),
        "doctor": Row("doctor.doctor", "Say what this machine has, and what to do about what is missing."),
    },
    INSTRUCTORS: {
        "class": Row("class_.class_", "Grade a whole class."),
        "queue": Row("marking.queue", "What of a class needs a person, the most urgent first."),
        "desk": Row(
            "desk.desk",
            "A page to work on in your browser: what needs you, code beside reports, comments and points.",
        ),
        "adjust": Row("marking.adjust", "Give or take points by hand."),
        "comment": Row(
            "marking.comment",
            "Write to a student about an exercise, or to everybody with the same mistake.",
        ),
        "explain": Row("marking.explain", "The way from a student's checks to the mark, line by line."),
        "history": Row("marking.history", "Everything that happened to a student's work and mark, in its order."),
        "regrade": Row(
            "replay.regrade",
            "Grade one submission of a class again, and let the new verdict stand; words about it stay.",
        ),
        "replay": Row(
            "replay.replay",
            "Grade one submission of a class again, on the same inputs, and say whether the verdict holds.",
        ),
        "appeal": Row(
            "replay.appeal",
            "One page to hand out on a questioned mark: asked again, step by step, with all that happened.",
        ),
        "render": Row("render.render", "Show a report again in another format, without grading again."),
        "gradescope": Row("gradescope.gradescope", "Make the zip of a Gradescope autograder."),
        "classroom50": Row("classroom50.classroom50", "Make the folder of a Classroom 50 autograder."),
        "autograde": Row("gradescope.autograde", "For autograders: grade one student's folder and write the results."),
        "schema": Row("schema.schema", "Print the JSON schema of `--format json`, or of a policy."),
    },
    AUTHORS: {
        "verify": Row(
            "verify.verify",
            "Prove that stubs fail, solutions and right/ pass, and each wrong/ fails where it says.",
        ),
        "mutants": Row(
            "mutants.mutants",
            "Change the right programs in one place each, and name every change that no check notices.",
        ),
        "adopt": Row("adopt.adopt", "Write a class's mistake as a file of wrong/, to be named in a check."),
        "new": Row(
            "new.new",
            "Make a new exercise's two folders, filled with a small example that works; or a new course.",
        ),
        "release": Row(
            "release.release",
            "Make the student's kit: exercises and grader, no solutions, no hidden checks.",
        ),
    },
}
"""For whom → name → command."""
ROWS: Final = {name: row for rows in GROUPS.values() for name, row in rows.items()}
