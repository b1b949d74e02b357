"""Public checks of ex15: the pieces, then the training, and what it has learnt by the test rows' labels.

Training happens in the worker, on training and validation rows only. Then a fresh worker gets the checkpoint and the
features of the test rows; their labels never leave this process.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, Tensor, check
from grader.checks import expect, torch_here
from grader.checks.array_files import write
from grader.checks.checkpoints import Checkpoint, check_file, read_hyperparameters, validated
from grader.checks.compare import show
from grader.checks.covertable import AREAS, CLASSES, COLUMNS, NUMERIC, SOILS
from grader.checks.datasets import Attempt, prepare
from grader.checks.scales import Ladder, Scores, scores, standard_error
from grader.errors import CheckFailed, StudentFault, StudentRaised
from grader.results import Measured

Array = np.ndarray[Any, Any]

LADDER = Ladder([(0.488, 0), (0.72, 5), (0.80, 10), (0.85, 14), (0.90, 20), (0.93, 26)])
"""Accuracy on CoverType → points. 0.488 is the most frequent class, 0.714 a linear model; an MLP of the right kind
reaches 0.945 in 40 s of one processor."""
RELATIVE_LADDER = Ladder([(0, 0), (0.3, 8), (0.6, 14), (0.85, 20), (0.95, 26)])
"""On a stand-in: where the accuracy lies between a linear model (0) and a plain MLP (1) on the same rows → points."""
LEAST_RECALL = 0.60
GRACE, GRACE_S = 1.1, 2.0
"""fit is stopped after budget_s * GRACE + GRACE_S seconds: a slow last epoch is forgiven, a second training is not."""
UNDERSTATED = 0.15
"""How much better than its history a checkpoint may be: averaged weights, or a last training on the validation rows,
earn some hundredths."""
CHECKPOINT_SHARE = 0.85
"""Of the accuracy's points, for a checkpoint trained elsewhere: on which rows, nobody has seen."""

SHIFT = "Class 7 is out of bounds: shift to 0..6, and back in predict."
INT64 = "Cross-entropy wants int64: convert the labels in the Dataset."
FLOAT32 = "The model's weights are float32, so features must be, too: convert them in the Dataset."
SOFTMAX = "Return logits; the loss applies softmax."
RAW = "predict does not do what validation did: Apply the training statistics inside predict, in eval mode."
ALONE = (
    "The answer for a row must not depend on its neighbours: use the training rows' statistics, and model.eval() "
    "before predicting."
)
ORDER_LOST = "Answers must keep the order of the rows: do not shuffle in predict."
FIXED = "Your answers do not change with the rows."
TREES = "The classifier is to be a PyTorch module: a checkpoint holds tensors only."
WATCH = "Watch the clock and return your best checkpoint so far."
MEMORY = "You measured memory, not skill: valid_accuracy is to be measured on the validation rows."
ONE_BATCH = "One batch is a noisy sample; count correct answers over all."
SHALLOW = "A shallow copy goes on training: deepcopy the best epoch's state_dict."
CLAMP = "A column of the training rows is constant, so its std is 0: clamp the std, or put 1 in its place."
REBUILD = "CoverTypeMLP(**hyperparameters) must rebuild the trained model: are all its sizes in hyperparameters?"
NOT_THE_MODEL = "predict is to answer with CoverTypeMLP and the weights in the checkpoint."
OTHER_CLASSIFIERS = (
    *("xgboost", "lightgbm", "catboost", "sklearn.ensemble", "sklearn.tree", "sklearn.neighbors", "sklearn.svm"),
    *("sklearn.linear_model", "sklearn.naive_bayes", "sklearn.neural_network", "sklearn.gaussian_process"),
)
RAISES = {
    "IndexError": SHIFT,
    "WorkerTimeout": WATCH,
    "RuntimeError": "Often it is a dtype: the model wants float32 features, and cross-entropy wants int64 class ids.",
}


def array(values: Array) -> Tensor:
    """A NumPy array as an argument: NumPy's in the worker, too."""
    return Tensor(values, str(values.dtype), is_array=True)


def rows_like_covertype(inputs: Inputs, count: int, *, areas: int = AREAS, soils: int = SOILS) -> tuple[Array, Array]:
    """Features (count, 54) float64 and labels (count,) int32 in 1..7, all kinds there; column 0 never repeats."""
    X = np.zeros((count, COLUMNS))
    X[:, 0] = 1859 + np.array(inputs.integers(count, 0, 1999))
    X[:, 1:NUMERIC] = np.round(300 + 100 * inputs.normal(count, NUMERIC - 1))
    for first, kinds in ((NUMERIC, areas), (NUMERIC + AREAS, soils)):
        X[np.arange(count), first + _shuffled(inputs, count) % kinds] = 1
    return X, (1 + _shuffled(inputs, count) % CLASSES).astype("int32")


def _shuffled(inputs: Inputs, count: int) -> Array:
    return np.array(inputs.integers(count, 0, count - 1))


# --- load_data ------------------------------------------------------------------------------------------------------


def expect_loaded(answer: Answer, X: Array, y: Array) -> None:
    """load_data gave the rows that are in the cache."""
    value = answer.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2,
        f"{answer.question} returned {show(value)}; expected the pair (X, y).",
        mistake="fetch_covtype(return_X_y=True) gives the pair; else take .data and .target." if value else None,
    )
    for name, got, truth, kinds in (("X", value[0], X, "f"), ("y", value[1], y, "iu")):
        expect.that(
            isinstance(got, Tensor) and got.array.dtype.kind in kinds,
            f"{name} of {answer.question} is {show(got)}; expected an array of {'floats' if kinds == 'f' else 'ints'}.",
        )
        expect.that(
            got.shape == truth.shape,
            f"{name} of {answer.question} has the shape {got.shape}; expected {truth.shape}: all rows that are there.",
        )
        expect.that(
            bool(np.allclose(got.array, truth)),
            f"{name} of {answer.question} differs from what scikit-learn gives.",
            mistake="load_data gives labels 1..7 as they are; the Dataset shifts them."
            if name == "y" and bool((got.array == truth - 1).all())
            else "load_data gives the rows as they are, in their order.",
        )


@check("load_data() gives scikit-learn's CoverType: X (n, 54) floats, y (n,) ints in 1..7", points=2)
def load_data(student: Student, inputs: Inputs) -> None:
    X, y = rows_like_covertype(inputs, 300)
    student.probe("fill_cache", array(X), array(y), "scikit_learn_data", True)
    expect_loaded(student.load_data(), X, y)


# --- the Dataset ----------------------------------------------------------------------------------------------------


def expect_item(item: Answer, features: Array, label: int) -> None:
    """An item with its label."""
    value = item.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2,
        f"{item.question} is {show(value)}; expected (features, label).",
    )
    expect_features(Answer(value[0], f"the features of {item.question}"), features)
    got = value[1]
    name = f"the label of {item.question}"
    if isinstance(got, Tensor):
        expect.that(got.shape == (), f"{name} has the shape {got.shape}; expected a scalar: one class id.")
        expect.that(got.dtype == "int64", f"{name} has the dtype {got.dtype}; expected int64.", mistake=INT64)
        got = got.array.item()
    expect.close(Answer(got, name), label, mistakes={SHIFT: label + 1})


def expect_features(answer: Answer, features: Array) -> None:
    """The features of an item, unchanged but for their dtype."""
    got = expect.tensor(answer, shape=(COLUMNS,))
    expect.that(got.dtype == "float32", f"{answer.question} are {got.dtype}; expected float32.", mistake=FLOAT32)
    expect.that(
        bool(np.allclose(got.array, features)),
        f"{answer.question} are not row {features[:3]}… as float32.",
        mistake="Without stats the features stay as they are.",
    )


@check("CoverTypeDataset has every row: float32 features, and int64 labels in 0..6", points=3)
def dataset(student: Student, inputs: Inputs) -> None:
    X, y = rows_like_covertype(inputs, 60)
    made = student.CoverTypeDataset.new(array(X), array(y))
    expect.equal(made.method("__len__")(), len(X))
    for row in (0, len(X) - 1, *inputs.integers(6, 1, len(X) - 2)):
        expect_item(made.method("__getitem__")(row), X[row], int(y[row]) - 1)


# --- the loaders ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Epoch:
    """One pass over a loader: X (n, 54), y (n,), and for each row its number in the data it came from."""

    X: Array
    y: Array
    rows: Array


def epoch_of(student: Student, loader: Handle, X: Array, y: Array) -> Epoch:
    """Go through a loader and recognise the rows by the order of column 0, which normalising keeps.

    Raises:
        CheckFailed: if they are not the rows of X and y, each once.
    """
    answer = student.probe("one_epoch", loader)
    found = answer.value
    if not (isinstance(found, dict) and all(isinstance(found.get(name), Tensor) for name in "Xy")):
        raise CheckFailed(f"{loader.name} does not give batches (X, y) of tensors.")
    got_X, got_y = found["X"], found["y"]
    expect.that(
        len(got_X.shape) == 2 and got_X.shape[1:] == (COLUMNS,) and got_X.dtype == "float32",
        f"{loader.name} gives X of shape {got_X.shape}, {got_X.dtype}, in all; expected (n, {COLUMNS}), float32.",
        mistake=FLOAT32 if got_X.dtype == "float64" else None,
    )
    expect.that(
        got_y.dtype == "int64" and len(got_y.shape) == 1,
        f"{loader.name} gives y of shape {got_y.shape}, {got_y.dtype}, in all; expected (n,), int64.",
        mistake=INT64 if got_y.dtype != "int64" else None,
    )
    expect.that(
        len(got_X.array) == len(X) == len(got_y.array),
        f"{loader.name} gave {len(got_X.array)} rows in an epoch; expected {len(X)}, every row once.",
        mistake="drop_last loses the rows of the last batch." if len(got_X.array) < len(X) else None,
    )
    expect.that(bool(np.isfinite(got_X.array).all()), f"{loader.name} gives NaN or infinite features.", mistake=CLAMP)
    rows = np.empty(len(X), int)
    rows[np.argsort(got_X.array[:, 0], kind="stable")] = np.argsort(X[:, 0], kind="stable")
    labels = y[rows] - 1
    expect.that(
        bool((got_y.array == labels).all()),
        f"{loader.name} does not give every row once with its own label.",
        mistake=SHIFT if bool((got_y.array == labels + 1).all()) else None,
    )
    return Epoch(got_X.array, got_y.array, rows)


def loaders_of(
    student: Student, train: tuple[Array, Array], valid: tuple[Array, Array], batch_size: int, seed: int
) -> tuple[Handle, Handle, Handle]:
    """The student's train_loader, valid_loader and stats, which stay in the worker."""
    made = student.make_loaders.new(*map(array, (*train, *valid)), batch_size, seed)
    if not {"builtins.tuple", "builtins.list"} & set(made.thing.bases):
        raise CheckFailed(
            f"make_loaders(...) returned an object of type {made.thing.type_name}; "
            "expected (train_loader, valid_loader, stats)."
        )
    names = ("train_loader", "valid_loader", "stats")
    try:
        first, second, third = (student.make("pick", made, index, called=name) for index, name in enumerate(names))
    except StudentRaised:
        raise CheckFailed(f"make_loaders(...) returned too few things; expected ({', '.join(names)}).") from None
    return first, second, third


@check("make_loaders(): every row once an epoch, training rows in a new order, validation rows in their own", points=4)
def loaders(student: Student, inputs: Inputs) -> None:
    train, valid = rows_like_covertype(inputs, 230), rows_like_covertype(inputs, 90)
    train_loader, valid_loader, _ = loaders_of(student, train, valid, 32, inputs.integer(1, 10_000))
    first, second = (epoch_of(student, train_loader, *train).rows for _ in range(2))
    expect.that(
        not bool((first == np.arange(len(first))).all()),
        "train_loader gives the training rows in their own order.",
        mistake="The training rows may come sorted by class: pass shuffle=True.",
    )
    expect.that(
        not bool((first == second).all()),
        "train_loader gives the same order in two epochs.",
        mistake="Shuffle anew every epoch: a DataLoader with shuffle=True does.",
    )
    for _ in range(2):
        rows = epoch_of(student, valid_loader, *valid).rows
        expect.that(
            bool((rows == np.arange(len(rows))).all()),
            "valid_loader does not give the validation rows in their own order.",
            mistake="Shuffled validation is harmless for a mean, fatal when you line predictions up with labels.",
        )


# --- the model ------------------------------------------------------------------------------------------------------


@check("CoverTypeMLP() turns (n, 54) into logits (n, 7)", points=4)
def model(student: Student, inputs: Inputs) -> None:
    made = student.CoverTypeMLP.new()
    expect.that(
        made.is_a("torch.nn.modules.module.Module"),
        f"CoverTypeMLP() is of type {made.thing.type_name}; expected an nn.Module.",
    )
    calm = student.make("to_eval", made, called="CoverTypeMLP().eval()")
    for count in (64, 5):
        expect_logits(calm.forward(3 * inputs.normal(count, COLUMNS)), count)


def expect_logits(answer: Answer, count: int) -> None:
    """Logits, one row for each input row; more than seven classes do no harm if the others never win."""
    value = answer.value
    expect.that(
        isinstance(value, Tensor) and len(value.shape) == 2 and value.shape[0] == count and value.shape[1] >= CLASSES,
        f"{answer.question} gave {show(value)}; expected logits of shape ({count}, {CLASSES}).",
    )
    logits = value.array.astype("float64")
    expect.that(bool(np.isfinite(logits).all()), f"{answer.question} gave NaN or infinite logits.")
    sums = logits.sum(1)
    expect.that(
        not (bool((logits >= 0).all()) and bool(np.allclose(sums, 1, atol=1e-3))),
        f"The rows of {answer.question} are probabilities: each sums to 1.",
        mistake=SOFTMAX,
    )
    expect.that(
        bool((logits < 0).any()),
        f"{answer.question} has no negative logit.",
        mistake="A ReLU on the logits leaves nothing below 0: the last layer is linear.",
    )


# --- training -------------------------------------------------------------------------------------------------------


def attempt_of(student: Student, inputs: Inputs) -> Attempt:
    """This grading's data, prepared once."""
    found = student.findings.kept.get("attempt")
    if found is None:
        found = prepare(student.materials, inputs.seed)
        student.findings.kept["attempt"] = found
    return found  # type: ignore[no-any-return]


def expect_no_trees(student: Student) -> None:
    """The source imports no classifiers that are not PyTorch modules."""
    for node in ast.walk(student.syntax()):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if any(name == other or name.startswith(f"{other}.") for other in OTHER_CLASSIFIERS):
                raise CheckFailed(f"Your file imports {name}.", mistake=TREES)


@check(
    "fit() returns a checkpoint within its budget",
    points=2,
    timeout=420,
    secret=True,
    explain=RAISES,
)
def fit(student: Student, inputs: Inputs) -> None:
    attempt = attempt_of(student, inputs)
    expect_no_trees(student)
    checkpoint = train(student, inputs, attempt) if student.materials.checkpoint is None else handed_in(student)
    student.findings.kept["checkpoint"] = checkpoint
    student.findings.notes += [attempt.note] if attempt.note else []
    student.findings.measured = Measured(data=attempt.name, curves=checkpoint.history)


def handed_in(student: Student) -> Checkpoint:
    """The checkpoint that was handed in, read in the worker: it may be a pickle that runs what it likes.

    Raises:
        CheckFailed: if it cannot be read, or is none.
    """
    path, extra = student.materials.checkpoint, student.materials.hyperparameters
    assert path is not None
    check_file(path)
    content = np.frombuffer(path.read_bytes(), "uint8")
    torch_here.load_meanwhile()
    try:
        hyperparameters = read_hyperparameters(extra) if extra else None
        answer = student.probe("read_checkpoint", write(path.name, [content]), path.suffix, hyperparameters)
    except StudentRaised as error:
        raise CheckFailed(
            f"{path.name} cannot be read: {error.raised.type_name}.",
            mistake="It must be what torch.load(..., weights_only=True) can read: tensors and plain data, no objects.",
        ) from None
    student.findings.notes.append(f"Graded with the checkpoint {path.name}, trained elsewhere: fit() was not run.")
    return validated(Answer(answer.value, path.name), trained_here=False)


def train(student: Student, inputs: Inputs, attempt: Attempt) -> Checkpoint:
    """Let the student's fit train in the worker; its checkpoint.

    Raises:
        CheckFailed: if it is none.
    """
    train, valid = attempt.train, attempt.valid
    arguments = (
        train.file_of_features("X_train"),
        train.file_of_labels("y_train"),
        valid.file_of_features("X_valid"),
        valid.file_of_labels("y_valid"),
    )
    torch_here.load_meanwhile()  # for the scores, when the training is over
    limit = attempt.budget_s * GRACE + GRACE_S
    seed = inputs.integer(0, 10_000)
    call = student.fit.within(limit, watch="history")
    made = call.new(*arguments, student.device, attempt.budget_s, seed)
    if "builtins.dict" not in made.thing.bases:
        answered = None if made.thing.type_name == "NoneType" else made.thing
        validated(Answer(answered, "fit(...)"))
    found = student.probe("contents", made)
    checkpoint = validated(Answer(found.value, "fit(...)"))
    problem = student.probe("weights_only_problem", made).value
    expect.that(
        problem == "",
        f"weights_only cannot load the checkpoint: torch.load(..., weights_only=True) raises {show(problem)}.",
        mistake="Tensors and plain data only: turn NumPy's numbers into Python's with float() or .item().",
    )
    return checkpoint


def checkpoint_in(student: Student) -> Handle:
    """The checkpoint in the current worker."""
    checkpoint: Checkpoint = student.findings.kept["checkpoint"]
    return student.make("on_cpu", checkpoint.value, called="checkpoint")


def labels_of(answer: Answer, count: int) -> Array:
    """What predict answered, 1..7.

    Raises:
        CheckFailed: if it is not `count` labels.
    """
    value = answer.value
    if isinstance(value, list) and value and all(type(label) is int for label in value):
        value = Tensor(np.array(value), "int64", is_array=True)
    expect.that(
        isinstance(value, Tensor),
        f"{answer.question} returned {show(value)}; expected an array of {count} labels.",
        mistake="Your function returned None: hand the result back with `return`." if value is None else None,
    )
    got = value.array
    if got.shape == (count, CLASSES):
        raise CheckFailed(f"{answer.question} returned scores; expected labels.", mistake="Take argmax(1), and add 1.")
    expect.that(
        got.shape in ((count,), (count, 1)),
        f"{answer.question} returned an array of shape {got.shape}; expected ({count},), a label for each row.",
    )
    got = got.reshape(-1)
    expect.that(got.dtype.kind in "iu", f"{answer.question} returned {value.dtype}; expected ints, the labels 1..7.")
    if bool(((got < 1) | (got > CLASSES)).any()):
        outside = int(got[(got < 1) | (got > CLASSES)][0])
        raise CheckFailed(
            f"{answer.question} returned the label {outside}; labels are 1..7.",
            mistake="The model's classes are 0..6: add 1 in predict." if outside == 0 else None,
        )
    return got.astype("int64")


@check(
    "predict() gives each test row a label in 1..7, in a new process that has only the checkpoint",
    points=2,
    after=fit,
    timeout=120,
    secret=True,
    explain={
        "RuntimeError": REBUILD,
        "KeyError": "predict has only the checkpoint: what it needs must be in there.",
        "NameError": "predict has only the checkpoint: what it needs must be in there.",
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
    if not _agree(moved, here[order], 0.1):
        again = labels_of(student.predict(checkpoint, array(X)), len(sample))
        expect.that(
            not _agree(moved, again, 0.0),
            f"predict gave the same labels after {len(sample)} rows were put in another order.",
            mistake=FIXED,
        )
        alike = int(np.abs(np.bincount(again, minlength=8) - np.bincount(here, minlength=8)).sum())
        expect.that(
            _agree(again, here, 0.1) or alike > 0.2 * len(sample),
            f"predict gave {len(sample)} rows the same labels as before, but to other rows.",
            mistake=ORDER_LOST,
        )
    if _same(_labels_with_shuffled_weights(student, inputs, X), here):
        # The model may have been kept from the first call: asked anew where nothing is left of it.
        student.restart()
        expect.that(
            not _same(_labels_with_shuffled_weights(student, inputs, X), here),
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


def _labels_with_shuffled_weights(student: Student, inputs: Inputs, X: Array) -> Array | None:
    """What predict says when all weights of a tensor have changed places; None if it cannot say anything."""
    value = student.findings.kept["checkpoint"].value
    generator = np.random.default_rng(inputs.integer(0, 2**31))
    state = {
        name: replace(tensor, array=generator.permutation(tensor.array.reshape(-1)).reshape(tensor.array.shape))
        for name, tensor in value["model_state_dict"].items()
    }
    try:
        shuffled = student.make("on_cpu", {**value, "model_state_dict": state}, called="checkpoint")
        return labels_of(student.predict(shuffled, array(X)), len(X))
    except StudentFault:
        return None


def _same(other: Array | None, labels: Array) -> bool:
    """Whether other weights gave the same labels, in work that tells rows apart at all."""
    constant = np.bincount(labels).max() > 0.98 * len(labels)
    return other is not None and not constant and _agree(other, labels, 0.01)


def _agree(one: Array, other: Array, share: float) -> bool:
    """Whether at most that share of two rows of labels differs."""
    return float((one != other).mean()) <= share


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
    _note_suspicion(student, seen)
    claims = checkpoint.history["valid_accuracy"]
    claimed = max(claims)
    slack = 0.01 + 2 * standard_error(real, len(valid))
    one_batch = _of_one_batch(claims, len(valid))
    expect.that(
        claimed >= real - UNDERSTATED,
        _history_says(claimed, real, len(valid)),
        mistake="Count the right answers in eval mode, and divide by the number of validation rows.",
    )
    if claimed <= real + slack and not one_batch:
        return
    mistake = None
    if one_batch:
        mistake = ONE_BATCH
    elif abs(claimed - seen) < (claimed - real) / 2:
        mistake = MEMORY
    elif abs(claims[-1] - real) < slack:  # they have trained on, to the end
        mistake = SHALLOW
    elif claimed - real > 0.1:
        mistake = RAW
    raise CheckFailed(_history_says(claimed, real, len(valid)), mistake=mistake)


def _history_says(claimed: float, real: float, count: int) -> str:
    return (
        f"Your history says that the best valid_accuracy is {claimed:.4f}; the weights that you return have {real:.4f} "
        f"on the {count:,} validation rows."
    )


def _note_suspicion(student: Student, seen: float) -> None:
    if student.materials.checkpoint is None:
        return
    test: float = student.findings.kept["scores"].accuracy
    if seen >= 0.96 and seen - test < 0.01:
        student.findings.notes.append(
            f"For a human to look at: {seen:.1%} on training rows and {test:.1%} on test rows are suspiciously alike. "
            "Was this checkpoint trained on the test rows, too? No points were taken for it."
        )


_SHARES_READ = 50


def _of_one_batch(claims: tuple[float, ...], count: int) -> bool:
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


# --- the grade ------------------------------------------------------------------------------------------------------


def points_of(attempt: Attempt, result: Scores) -> tuple[float, str]:
    """The accuracy's points out of 26, and a sentence that says how they come about."""
    error = standard_error(result.accuracy, len(attempt.test))
    got = f"Test accuracy {result.accuracy:.4f} on {len(attempt.test):,} rows"
    if attempt.anchors is None:
        return LADDER.points(result.accuracy + error), f"{got}; 0.93 or more earns all points."
    anchors = attempt.anchors()
    relative = anchors.relative(result.accuracy + error)
    most = anchors.linear + RELATIVE_LADDER.steps[-1][0] * (anchors.mlp - anchors.linear)
    return RELATIVE_LADDER.points(relative), (
        f"{got} of a stand-in, where a linear model has {anchors.linear:.4f} and a plain MLP {anchors.mlp:.4f}; "
        f"{most:.4f} or more earns all points."
    )


@check("the test accuracy is what a well-trained MLP reaches", points=26, after=predict, timeout=120, secret=True)
def accuracy(student: Student, inputs: Inputs) -> None:
    attempt, result = attempt_of(student, inputs), student.findings.kept["scores"]
    earned, sentence = points_of(attempt, result)
    share = earned / LADDER.most
    if student.materials.checkpoint is not None and not student.materials.trust_checkpoint:
        share = min(share, CHECKPOINT_SHARE)
        sentence += f" A checkpoint trained elsewhere earns {CHECKPOINT_SHARE:.0%} of them at most."
    if share < 1:
        raise CheckFailed(sentence, mistake=_why(student.findings.kept["predicted"], attempt), share=share)


def _why(predicted: Array, attempt: Attempt) -> str | None:
    counts = np.bincount(predicted, minlength=CLASSES + 1)
    if counts.max() == len(predicted):
        most = np.bincount(attempt.test.target).max() / len(predicted)
        return f"{most:.1%} is what guessing the most frequent class earns."
    return None


@check(
    "the classes' mean recall is at least 0.60: rare ones are recognised, too",
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
        + (f" (almost) never recognised: {', '.join(missed)}." if missed else ""),
    )
