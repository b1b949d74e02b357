"""Hidden checks of ex15: other spellings of the same questions, and rows that must not know each other."""

from __future__ import annotations

import numpy as np

from grader import Answer, Inputs, Student, check, difference, expect, show

from .pieces import (
    CLAMP,
    Array,
    array,
    epoch_of,
    expect_features,
    expect_item,
    expect_loaded,
    loaders_of,
    rows_like_covertype,
)
from .training import attempt_of, checkpoint_in, labels_of

ALONE = (
    "The answer for a row must not depend on its neighbours: use the training rows' statistics, and model.eval() "
    "before predicting."
)
PAIRS = 40
TOLERANCE = 0.001
"""Share of rows whose label may change with their neighbours: sums in another order may tip a tie."""


@check("load_data() reads from the given data_home, and anew each time", points=2)
def load_data_elsewhere(student: Student, inputs: Inputs) -> None:
    for name, default, least in (("first", True, 100), ("second", False, 200)):
        X, y = rows_like_covertype(inputs, inputs.integer(least, least + 99))
        home = student.place("fill_cache", array(X), array(y), name, default)
        answer = student.load_data() if default else student.load_data(data_home=home)
        expect_loaded(answer, X, y)


@check("CoverTypeDataset works without labels, and beside another one", points=3)
def dataset_without_labels(student: Student, inputs: Inputs) -> None:
    X, _ = rows_like_covertype(inputs, 40)
    others, ids = rows_like_covertype(inputs, 30)
    bare = student.CoverTypeDataset.new(array(X), None)
    labelled = student.CoverTypeDataset.new(array(others.astype("float32")), array(ids.astype("int64")))
    expect.equal(bare.method("__len__")(), len(X))
    for row in inputs.integers(5, 0, len(X) - 1):
        answer = bare.method("__getitem__")(row)
        value = answer.value
        # The features alone; (features,) and (features, None) say the same.
        alone = value[0] if isinstance(value, list | tuple) and value and [*value[1:]] in ([], [None]) else value
        expect_features(Answer(alone, f"the features of {answer.question}"), X[row])
    for row in inputs.integers(4, 0, len(others) - 1):
        expect_item(labelled.method("__getitem__")(row), others[row], int(ids[row]) - 1)


@check("make_loaders() takes its statistics only from the training rows, and follows its seed", points=4)
def loaders_train_only(student: Student, inputs: Inputs) -> None:
    train, (X_valid, y_valid) = rows_like_covertype(inputs, 150, areas=2, soils=20), rows_like_covertype(inputs, 60)
    seed = inputs.integer(1, 10_000)
    first, valid_loader, stats = loaders_of(student, train, (X_valid, y_valid), 16, seed)
    here, valid = epoch_of(first, *train), epoch_of(valid_loader, X_valid, y_valid)
    shifted = (X_valid + 1000, y_valid)
    second, far_loader, others = loaders_of(student, train, shifted, 16, seed)
    there, far = epoch_of(second, *train), epoch_of(far_loader, *shifted)
    # What stats are is the student's own: what they make of a row is compared.
    same = [
        student.CoverTypeDataset.new(array(X_valid), array(y_valid), kept).method("__getitem__")(7)
        for kept in (stats, others)
    ]
    expect.that(
        difference(same[0].value, same[1].value, rtol=1e-6) is None
        and bool(np.allclose(_in_order(here.X, here.rows), _in_order(there.X, there.rows), atol=1e-5)),
        "The training rows come out differently after every validation feature was raised by 1000.",
        mistake="Normalise with the training rows' statistics only.",
    )
    expect.that(
        not bool(np.allclose(valid.X[:, 0], far.X[:, 0])),
        "The validation rows come out the same after every feature was raised by 1000.",
        mistake="Normalise the validation rows with the training rows' statistics, not with their own.",
    )
    expect.that(bool(np.isfinite(valid.X).all()), "valid_loader gives NaN or infinite features.", mistake=CLAMP)
    expect.that(
        bool((here.rows == there.rows).all()),
        "Two train_loaders that were made with the same seed give different orders.",
        mistake="Pass generator=torch.Generator().manual_seed(seed) to the DataLoader.",
    )
    third, _, _ = loaders_of(student, train, (X_valid, y_valid), 16, seed + 1)
    shuffled = not bool((here.rows == np.arange(len(here.rows))).all())  # if not, the check `loaders` has said so
    expect.that(
        not (shuffled and bool((epoch_of(third, *train).rows == here.rows).all())),
        "Two train_loaders that were made with different seeds give the same order.",
        mistake="Use the seed that make_loaders gets: it decides the order.",
    )


def _in_order(X: Array, rows: Array) -> Array:
    result = np.empty_like(X)
    result[rows] = X
    return result


@check("CoverTypeMLP can be moved to another device", points=2, kind="W")
def model_elsewhere(student: Student, inputs: Inputs) -> None:
    made = student.CoverTypeMLP.new()
    described = made.describe()
    plain = [name for name, _ in described["plain_tensors"]]
    expect.that(
        not plain,
        f"CoverTypeMLP keeps a plain tensor, {show(plain[0]) if plain else ''}, which .to(device) leaves behind.",
        mistake="Make it an nn.Parameter, or use register_buffer.",
    )
    expect.that(bool(described["parameters"]), "CoverTypeMLP() has no parameters, so there is nothing to train.")
    shape = student.fetch("shape_on_meta", made).value
    expect.that(
        isinstance(shape, list) and len(shape) == 2 and shape[0] == 3 and shape[1] >= 7,
        f"On the device meta, CoverTypeMLP gives the shape {show(shape)} for 3 rows; expected [3, 7].",
    )


@check("predict() looks at each row by itself", points=2, after="predict", timeout=120)
def rows_alone(student: Student, inputs: Inputs) -> None:
    attempt = attempt_of(student, inputs)
    checkpoint = checkpoint_in(student)
    count = min(20_000, len(attempt.test))
    together: Array = student.findings.kept["predicted"][:count]
    X = attempt.test.take(np.arange(count)).features()
    high = X[:, 0] > np.median(X[:, 0])
    apart = np.empty(count, "int64")
    for part in (high, ~high):
        apart[part] = labels_of(student.predict(checkpoint, array(X[part])), int(part.sum()))
    _expect_alike(apart, together, "two halves, one with the higher and one with the lower values of column 0")
    pairs = np.array(inputs.integers(min(2 * PAIRS, count), 0, count - 1))
    for pair in np.split(pairs, len(pairs) // 2):
        apart[pair] = labels_of(student.predict(checkpoint, array(X[pair])), 2)
    _expect_alike(apart[pairs], together[pairs], "pairs")


def _expect_alike(apart: Array, together: Array, how: str) -> None:
    differ = int((apart != together).sum())
    expect.that(
        differ <= max(1, TOLERANCE * len(apart)),
        f"Of {len(apart):,} test rows, {differ:,} get another label when they are predicted in {how} than all at once.",
        mistake=ALONE,
    )
