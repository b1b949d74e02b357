"""Whether ex15's history tells the truth about the weights that are returned, and what a false one comes from."""

from __future__ import annotations

import numpy as np

from grader import Student

UNDERSTATED = 0.15
"""How much better than its history a checkpoint may be: averaged weights, or a last training on the validation rows,
earn some hundredths."""
RAW = "predict does not do what validation did: apply the training statistics inside predict, in eval mode."
MEMORY = "You measured memory, not skill: measure valid_accuracy on the validation rows."
ONE_BATCH = "One batch is a noisy sample: count the right answers over all batches."
SHALLOW = (
    "These are the last epoch's weights. Keep a deepcopy of the best epoch's state_dict: "
    "the dict itself goes on training."
)
_SHARES_READ = 50
_ROWS_THAT_TELL = 2_000


def history_says(claimed: float, real: float, count: int) -> str:
    """The best accuracy that a history claims, beside the one that was measured on the `count` validation rows."""
    return (
        f"Your history says that the best valid_accuracy is {claimed:.4f}; the weights that you return have {real:.4f} "
        f"on the {count:,} validation rows."
    )


def are_the_last(claims: tuple[float, ...], real: float, count: int) -> bool:
    """Whether weights with the accuracy `real` on `count` rows are the last epoch's, and not the best one's.

    They have the last epoch's accuracy to the row, and the best one was better by two rows or more and by 0.001: the
    same sum in another order may tip one row. Of few rows the same number may be right by chance.
    """
    return (
        count >= _ROWS_THAT_TELL
        and abs(claims[-1] - real) < 0.5 / count
        and max(claims) - real > max(0.001, 1.5 / count)
    )


def note_suspicion(student: Student, seen: float) -> None:
    """Leave a note for a human if a checkpoint from elsewhere knows test rows as well as training rows (`seen`)."""
    if student.materials.options["checkpoint"] is None:
        return
    test: float = student.findings.kept["scores"].accuracy
    if seen >= 0.96 and seen - test < 0.01:
        student.findings.notes.append(
            f"For a human to look at: {seen:.1%} on training rows and {test:.1%} on test rows are suspiciously alike. "
            "Was this checkpoint trained on the test rows, too? No points were taken for it."
        )


def of_one_batch(claims: tuple[float, ...], count: int) -> bool:
    """Whether all accuracies are shares of one batch: multiples of 1/n for an n far below the number of rows.

    Multiples of 1/10, 1/100, … are rounded numbers. Five different claims are not all multiples by chance.
    """
    shares = np.unique(np.array(claims))
    if len(shares) < 5 or bool((np.abs(shares * count - np.round(shares * count)) < 1e-6 * count).all()):
        return False
    sizes = np.arange(2, count // 4)
    # Dozens tell as much as thousands, for which this would take gigabytes.
    products = sizes[:, None] * shares[:_SHARES_READ]
    fitting = sizes[(np.abs(products - np.round(products)) < 1e-6 * sizes[:, None]).all(1)]
    return bool(len(fitting)) and 10_000 % int(fitting[0]) != 0
