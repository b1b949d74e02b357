"""The other public checks of ex15: the training, and what it has learnt by the test rows' labels.

Training happens in the worker, on training and validation rows only. Then a fresh worker gets the checkpoint and the
features of the test rows; their labels never leave this process.
"""

from __future__ import annotations

import numpy as np

from grader import CheckFailed, Inputs, Measured, Student, check, expect, standard_error

from ..honesty import (
    MEMORY,
    ONE_BATCH,
    RAW,
    SHALLOW,
    UNDERSTATED,
    are_the_last,
    history_says,
    note_suspicion,
    of_one_batch,
)
from ..marks import CHECKPOINT_SHARE, LEAST_RECALL, SCALE, points_of, why
from ..pieces import SHIFT, array
from ..scores import scores
from ..table import CLASSES
from ..training import (
    NOT_THE_MODEL,
    agree,
    are_same,
    attempt_of,
    checkpoint_in,
    expect_no_trees,
    handed_in,
    labels_of,
    labels_with_shuffled_weights,
    train,
)

ORDER_LOST = "Answers must keep the order of the rows: do not shuffle in predict."
FIXED = "The labels depend on a row's place, not on its features."
WATCH = "Watch the clock and return your best checkpoint so far."
REBUILD = "CoverTypeMLP(**hyperparameters) must rebuild the trained model: are all its sizes in hyperparameters?"
ONLY_THE_CHECKPOINT = (
    "predict runs in a new process with your file and the checkpoint alone: did fit make what is missing here?"
)
RAISES = {
    "IndexError: Target 7 is out of bounds": SHIFT,
    "WorkerTimeout": WATCH,
    **dict.fromkeys(
        (
            "RuntimeError: must have the same dtype",
            "RuntimeError: target dtype to be Long",
            "RuntimeError: scalar type",
        ),
        "The model takes float32 features, and cross-entropy int64 class ids: convert them in the Dataset.",
    ),
}


@check(
    "fit() returns a checkpoint within its budget",
    points=2,
    timeout=420,
    secret=True,
    kind="W",  # what the checkpoint is made of is the worker's word; what it computes is asked of predict()
    explain=RAISES,
)
def fit(student: Student, inputs: Inputs) -> None:
    attempt = attempt_of(student, inputs)
    student.findings.notes += [attempt.note] if attempt.note else []  # also where fit fails
    expect_no_trees(student)
    checkpoint = (
        train(student, inputs, attempt) if student.materials.options["checkpoint"] is None else handed_in(student)
    )
    student.findings.kept["checkpoint"] = checkpoint
    student.findings.measured = Measured(data=attempt.name, curves=checkpoint.history)


@check(
    "predict() gives each test row a label in 1..7, in a new process that has only the checkpoint",
    points=2,
    after=fit,
    timeout=120,
    secret=True,
    explain={
        "RuntimeError: loading state_dict": REBUILD,
        "KeyError": ONLY_THE_CHECKPOINT,
        "NameError": ONLY_THE_CHECKPOINT,
    },
)
def predict(student: Student, inputs: Inputs) -> None:
    attempt = attempt_of(student, inputs)
    student.restart()  # nothing that fit has left behind is there
    checkpoint = checkpoint_in(student)
    count = len(attempt.test)
    answer = student.predict(checkpoint, attempt.test.file_of_features("X_test"))
    predicted = labels_of(answer, count)
    sample = np.sort(np.array(inputs.integers(min(count, 500), 0, count - 1)))
    X = attempt.test.take(sample).features()
    order = np.array(inputs.integers(len(sample), 0, len(sample) - 1))
    moved = labels_of(student.predict(checkpoint, array(X[order])), len(sample))
    here = predicted[sample]
    if not agree(moved, here[order], 0.1):
        again = labels_of(student.predict(checkpoint, array(X)), len(sample))
        expect.that(
            not agree(moved, again, 0.0),
            f"predict gave the same labels after {len(sample)} rows were put in another order.",
            mistake=FIXED,
        )
        # The same rows twice: who shuffles gives as many of each label, but not to the same rows.
        alike = int(np.abs(np.bincount(again, minlength=8) - np.bincount(moved, minlength=8)).sum())
        expect.that(
            agree(moved, again[order], 0.1) or alike > 0.02 * len(sample),
            f"For the same {len(sample)} rows predict gave the same labels twice, but to other rows.",
            mistake=ORDER_LOST,
        )
    if are_same(labels_with_shuffled_weights(student, inputs, X), here):
        # The model may have been kept from the first call: asked anew where nothing is left of it.
        student.restart()
        expect.that(
            not are_same(labels_with_shuffled_weights(student, inputs, X), here),
            f"predict gave {len(sample)} rows the same labels after the weights in the checkpoint had been shuffled.",
            mistake=NOT_THE_MODEL,
        )
        student.restart()
    student.findings.kept["predicted"] = predicted
    result = scores(attempt.test.target.astype("int64") - 1, predicted - 1, CLASSES)
    student.findings.kept["scores"] = result
    measured = student.findings.measured
    assert measured is not None
    student.findings.measured = Measured(
        data=measured.data,
        curves=measured.curves,
        numbers={"test accuracy": round(result.accuracy, 4), "macro recall": round(result.macro_recall, 4)},
        classes=tuple(str(label) for label in range(1, CLASSES + 1)),
        recall=tuple(round(share, 4) for share in result.recall),
        confusion=result.confusion,
    )


@check(
    "the weights that fit() returns are as good as its history says", points=2, after=predict, timeout=120, secret=True
)
def history(student: Student, inputs: Inputs) -> None:
    attempt, checkpoint = attempt_of(student, inputs), student.findings.kept["checkpoint"]
    expect.gradable(bool(checkpoint.history), "The checkpoint holds no history to compare with.")
    expect.that(
        any(checkpoint.history["train_loss"]),
        "Your history says that the train_loss is 0 in every epoch.",
        mistake="Add up loss.item() of every batch.",
    )
    valid, some = attempt.valid, np.array(inputs.integers(min(4_000, len(attempt.train)), 0, len(attempt.train) - 1))
    train = attempt.train.take(some)
    here = checkpoint_in(student)
    real, seen = (
        float((labels_of(student.predict(here, part.file_of_features(name)), len(part)) == part.target).mean())
        for name, part in (("X_valid", valid), ("X_train", train))
    )
    note_suspicion(student, seen)
    claims = checkpoint.history["valid_accuracy"]
    claimed = max(claims)
    slack = 0.01 + 2 * standard_error(real, len(valid))
    one_batch = of_one_batch(claims, len(valid))
    expect.that(
        claimed >= real - UNDERSTATED,
        history_says(claimed, real, len(valid)),
        mistake="Count the right answers in eval mode, and divide by the number of validation rows.",
    )
    last = are_the_last(claims, real, len(valid))
    if claimed <= real + slack and not one_batch and not last:
        return
    mistake = None
    if one_batch:
        mistake = ONE_BATCH
    elif abs(claimed - seen) < (claimed - real) / 2:
        mistake = MEMORY
    elif last or abs(claims[-1] - real) < slack:  # they have trained on, to the end
        mistake = SHALLOW
    elif claimed - real > 0.1:
        mistake = RAW
    raise CheckFailed(history_says(claimed, real, len(valid)), mistake=mistake)


@check("the test accuracy is what a well-trained MLP reaches", points=26, after=predict, timeout=120, secret=True)
def accuracy(student: Student, inputs: Inputs) -> None:
    attempt, result = attempt_of(student, inputs), student.findings.kept["scores"]
    earned, sentence = points_of(attempt, result)
    share = earned / SCALE.most
    if student.materials.options["checkpoint"] and not student.materials.options["trust-checkpoint"]:
        share = min(share, CHECKPOINT_SHARE)
        sentence += f" A checkpoint trained elsewhere earns {CHECKPOINT_SHARE:.0%} of them at most."
    if share < 1:
        raise CheckFailed(sentence, mistake=why(student, student.findings.kept["predicted"], attempt), share=share)


@check(
    "the classes' mean recall is at least 0.60: rare classes are recognised, too",
    points=2,
    after=predict,
    secret=True,
    timeout=120,
)
def macro_recall(student: Student, inputs: Inputs) -> None:
    attempt, result = attempt_of(student, inputs), student.findings.kept["scores"]
    least = LEAST_RECALL
    if attempt.anchors is not None:
        anchors = attempt.anchors()
        least = (anchors.linear_recall + anchors.mlp_recall) / 2
    missed = [f"{k + 1}" for k, share in enumerate(result.recall) if share < 0.05]
    expect.that(
        result.macro_recall >= least,
        f"The mean recall of the seven classes is {result.macro_recall:.3f}; expected at least {least:.3f}."
        + (f" Hardly ever recognised: {', '.join(missed)}." if missed else ""),
    )
