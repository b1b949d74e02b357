"""Trajectory replay: a training loop is graded by where it leads.

A check draws a `Setup`: a model in a known state, an optimizer, a loss and a fixed list of batches. The worker builds
it (`objects_of`) and the student's loop runs on it; the trusted side builds the same and runs its own loop, once with
good `Habits` and once with each known bad one. Where the student's final state is that of good habits the loop is
right, however it is written; where it is that of a bad habit, the habit's sentence names the mistake
(`expect_same_path`).

Separation: in the setups of ex07 and ex11 every bad habit that matters moves some number at least 20 times further than
the tolerance allows, while correct orderings of the same steps agree to the last digit (both are held by
tests/checks/test_training_loops.py). torch is imported late, in the trusted process.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from grader.checks import expect, torch_here
from grader.checks.compare import difference
from grader.checks.evidence import Answer, Tensor
from grader.checks.student import Handle, Student
from grader.sandbox import apparatus

if TYPE_CHECKING:
    from grader.checks.inputs import Inputs

RTOL, ATOL = 1e-3, 1e-4
"""Dozens of float32 steps, in another order of summation on a GPU; bad habits are a hundred times further off."""
Array = Any
Batch = tuple[Any, ...]
"""Inputs and, last, the targets: arrays, or a dict of arrays for inputs that have names."""
LossOf = Callable[[Any, Any, Batch], Any]
"""How a batch becomes a loss: called with model, criterion and batch, on the trusted side, with torch."""


def by_position(model: Any, criterion: Any, batch: Batch) -> Any:
    """The loss of a batch (*inputs, y): the model takes the inputs in their order."""
    *inputs, y = batch
    return criterion(model(*inputs), y)


def by_name(model: Any, criterion: Any, batch: Batch) -> Any:
    """The loss of a batch ({name: input}, y): the model takes the inputs by their names."""
    inputs, y = batch
    return criterion(model(**inputs), y)


def targets_first(model: Any, criterion: Any, batch: Batch) -> Any:
    """The mistake of handing the criterion its two arguments the wrong way round."""
    *inputs, y = batch
    return criterion(y, model(*inputs))


@functools.lru_cache(maxsize=64)
def with_auxiliary(weight: float) -> LossOf:
    """The loss of a model that returns (main, auxiliary): (1 - weight) of the main loss, weight of the other one."""

    def loss_of(model: Any, criterion: Any, batch: Batch) -> Any:
        *inputs, y = batch
        main, auxiliary = model(*inputs)
        return (1 - weight) * criterion(main, y) + weight * criterion(auxiliary, y)

    return loss_of


NOT_AS_MADE = "Your file has changed how models are made, or how they run: leave PyTorch and the grader as they are."


@dataclass(frozen=True)
class Setup:
    """What a loop is run on, as plain data.

    Attributes:
        layers: the model's plan, as its builder takes it; of an nn.Sequential: class name in torch.nn and arguments, as
            in ("Linear", 3, 4).
        state: the initial state_dict, float32 arrays (int64 counters).
        optimizer, options: class name in torch.optim and keyword arguments.
        loss: class name in torch.nn; its reduction is the mean.
        batches: to train on. valid: to evaluate on after every epoch; empty if the loop does not evaluate.
        epochs: how often to go through the batches.
        training: whether the model arrives in train mode.
        builder: what builds the model: a name in `sandbox/apparatus.py`'s BUILDERS.
        loss_of: how a batch becomes a loss.
    """

    layers: Any
    state: dict[str, Array]
    optimizer: str
    options: dict[str, Any]
    loss: str
    batches: tuple[Batch, ...]
    epochs: int
    valid: tuple[Batch, ...] = ()
    training: bool = True
    builder: str = "sequential"
    loss_of: LossOf = by_position


@dataclass(frozen=True)
class Habits:
    """How a loop goes about its work. The defaults are right; every other value is a known mistake.

    Attributes:
        zero: when gradients are set to zero.
        step: how often the optimizer steps.
        first: whether backward or step comes first within a batch.
        mode: "train": train() in every epoch; "once": only before the first; "as it comes": never; "eval".
        seen: which batches are learned from.
        epochs: how many of the epochs are run.
        optimizer: whether one optimizer is kept, or a new one made in every epoch.
        ascent: whether the loss is climbed.
        judged: on what, and how, the validation loss is computed after an epoch.
        loss_of: how a batch becomes a loss, if not as it should.
    """

    zero: Literal["each batch", "never", "each epoch", "before the step"] = "each batch"
    step: Literal["each batch", "each epoch", "never"] = "each batch"
    first: Literal["backward", "step"] = "backward"
    mode: Literal["train", "once", "as it comes", "eval"] = "train"
    seen: Literal["all", "first", "last", "all but the last"] = "all"
    epochs: Literal["all", "one", "one too few", "one too many"] = "all"
    optimizer: Literal["kept", "new each epoch"] = "kept"
    ascent: bool = False
    judged: Literal[
        "in eval mode", "in train mode", "on the training batches", "and learned from", "with the targets first"
    ] = "in eval mode"
    loss_of: LossOf | None = None


@dataclass
class Trajectory:
    """Where a loop has led.

    Attributes:
        state: the final state_dict, NumPy arrays.
        losses: for every epoch the loss of every batch, as it was when the batch was learned from.
        valid: for every epoch the loss of every validation batch.
    """

    state: dict[str, Array] = field(default_factory=dict)
    losses: list[list[float]] = field(default_factory=list)
    valid: list[list[float]] = field(default_factory=list)


ZERO_NEVER = "Gradients add up across batches: set them to zero, with optimizer.zero_grad(), for every batch."
ZERO_EACH_EPOCH = "Gradients are set to zero once per epoch, so they add up within it: do it for every batch."
ZERO_BEFORE_STEP = "zero_grad() between backward() and step() erases the gradients just before they are used."
STEP_FIRST = "step() comes before backward(): every step uses the gradients of the batch before."
STEP_NEVER = "The model has not moved: after backward() call optimizer.step(), on the model that you were given."
STEP_EACH_EPOCH = "step() is called once per epoch: step after every batch."
NEW_OPTIMIZER = "The momentum is lost: keep the optimizer that you were given, instead of making a new one."
EVAL_MODE = "The model learns in eval mode: call model.train() first, since BatchNorm must see the batch's statistics."
EVAL_LATER = "From the second epoch on the model learns in eval mode: call model.train() at the start of every epoch."
FIRST_BATCH = "Only the first batch of each epoch is learned from: go through all of them."
LAST_BATCH = "Only the last batch of each epoch is learned from: the steps belong inside the loop over batches."
ALL_BUT_LAST = "The last, smaller batch is left out: go through all batches."
ONE_EPOCH = "Only one epoch was run: go through the batches n_epochs times."
ONE_TOO_FEW = "One epoch is missing: range(n_epochs) counts n_epochs of them."
ONE_TOO_MANY = "There is one epoch too many: range(n_epochs) counts n_epochs of them."
ASCENT = "The loss is climbed, not descended: the gradient's sign is turned."

TARGETS_FIRST = "The criterion takes the output first, and then the targets: criterion(model(X), y)."
"""Said of a setup whose loss tells them apart: an MSELoss does not."""

BAD_HABITS: dict[str, Habits] = {
    STEP_NEVER: Habits(step="never"),
    ZERO_NEVER: Habits(zero="never"),
    ZERO_EACH_EPOCH: Habits(zero="each epoch"),
    STEP_FIRST: Habits(first="step"),
    STEP_EACH_EPOCH: Habits(step="each epoch"),
    NEW_OPTIMIZER: Habits(optimizer="new each epoch"),
    EVAL_MODE: Habits(mode="eval"),
    FIRST_BATCH: Habits(seen="first"),
    LAST_BATCH: Habits(seen="last"),
    ALL_BUT_LAST: Habits(seen="all but the last"),
    ONE_EPOCH: Habits(epochs="one"),
    ONE_TOO_FEW: Habits(epochs="one too few"),
    ONE_TOO_MANY: Habits(epochs="one too many"),
    ASCENT: Habits(ascent=True),
}
"""Sentence → the habit it names, for loops that train; a check may add its own. Those that change nothing in a setup
(momentum in plain SGD, modes without BatchNorm) recognise nobody."""


def initial_state(inputs: Inputs, layers: Any, scale: float = 0.5, builder: str = "sequential") -> dict[str, Array]:
    """Random numbers for everything in the state_dict of such a model that is learned; buffers as they begin."""
    model = apparatus.BUILDERS[builder](layers)
    learned = {name for name, _ in model.named_parameters()}
    return {
        name: scale * inputs.normal(*value.shape) if name in learned else value.numpy()
        for name, value in model.state_dict().items()
    }


def batches_of(inputs: Inputs, sizes: Sequence[int], n_in: int, n_out: int) -> tuple[Batch, ...]:
    """Batches of these sizes for a regression: X (n, n_in) and y (n, n_out), float32."""
    return tuple((inputs.normal(size, n_in), inputs.normal(size, n_out)) for size in sizes)


@dataclass(frozen=True)
class _Replay:
    """A setup and habits, told apart by what is in them; functions by which function they are."""

    content: bytes
    loss_of: LossOf
    habits: Habits
    setup: Setup = field(compare=False)


def run(setup: Setup, habits: Habits | None = None) -> Trajectory | None:
    """Train with these habits on the trusted side; None if the loop raises, as torch does for some bad habits.

    Programs that are graded under one seed are asked about the same setups, so the last replays are remembered: they
    are most of what it costs to prove an exercise. Nobody may change what is returned.
    """
    parts = [getattr(setup, part.name) for part in fields(setup) if part.name != "loss_of"]
    data = msgspec.msgpack.encode(parts, enc_hook=lambda array: (str(array.dtype), array.shape, array.tobytes()))
    return _run(_Replay(hashlib.sha256(data).digest(), setup.loss_of, habits or Habits(), setup))


@functools.lru_cache(maxsize=512)
def _run(replay: _Replay) -> Trajectory | None:
    with torch_here.one_thread():
        return _train(replay.setup, replay.habits)


def _train(setup: Setup, habits: Habits) -> Trajectory | None:
    model = apparatus.model(setup.layers, setup.state, setup.training, builder=setup.builder)
    loss_of = habits.loss_of or setup.loss_of
    options = {**setup.options, "maximize": True} if habits.ascent else setup.options
    criterion = apparatus.criterion(setup.loss)
    training, valid = apparatus.batches(setup.batches), apparatus.batches(setup.valid)
    trajectory = Trajectory()
    if habits.mode == "once":
        model.train()
    optimizer = apparatus.optimizer(model, setup.optimizer, options)
    try:
        for _ in range(_epochs(setup.epochs, habits)):
            if habits.mode in ("train", "eval"):
                model.train(habits.mode == "train")
            if habits.optimizer == "new each epoch":
                optimizer = apparatus.optimizer(model, setup.optimizer, options)
            trajectory.losses.append(_epoch(model, optimizer, criterion, _seen(training, habits), habits, loss_of))
            if valid:
                judges = training if habits.judged == "on the training batches" else valid
                trajectory.valid.append(_judge(model, optimizer, criterion, judges, habits, loss_of))
    except RuntimeError:
        return None
    trajectory.state = {name: value.numpy().copy() for name, value in model.state_dict().items()}
    for value in trajectory.state.values():
        value.setflags(write=False)
    return trajectory


def objects_of(student: Student, setup: Setup, *, moved: bool = False) -> tuple[Handle, Handle, Handle, Handle]:
    """Model, optimizer, criterion and batches of a setup, in the worker; the model is on the device that is graded on.

    So are the batches if they are `moved`; otherwise they are on the CPU, and moving them is the student's to do.
    """
    plan = [list(layer) for layer in setup.layers] if setup.builder == "sequential" else setup.layers
    model = student.make("model", plan, setup.state, setup.training, student.device, setup.builder, called="model")
    if not setup.training and setup.builder == "sequential":
        expect_as_made(model, setup)
    return (
        model,
        student.make("optimizer", model, setup.optimizer, setup.options, called="optimizer"),
        student.make("criterion", setup.loss, called="criterion"),
        student.make("batches", list(setup.batches), student.device if moved else "cpu", called="batches"),
    )


def expect_as_made(model: Handle, setup: Setup) -> None:
    """The model that the student's code will get is in eval mode: only so it answers as ours does.

    Raises:
        CheckFailed: if it is not, which nobody's honest code can bring about.
    """
    import torch

    *arguments, _ = setup.batches[0]
    with torch_here.one_thread(), torch.no_grad():
        ours = apparatus.model(setup.layers, setup.state, False)(*map(torch.as_tensor, arguments)).numpy()
    expect.close(model.forward(*arguments), ours, rtol=RTOL, atol=ATOL, mistakes={NOT_AS_MADE: lambda got: True})


def expect_same_path(
    student: Student, model: Handle, question: str, setup: Setup, bad: Mapping[str, Habits] = BAD_HABITS
) -> None:
    """The model in the worker is where good habits lead.

    Args:
        student: the submission.
        model: as `objects_of` gave it, after the student's loop.
        question: what was asked, in the student's words.
        setup: what the loop was run on.
        bad: sentence → habit.

    Raises:
        CheckFailed: naming the bad habit that leads where the model is, if one does.
    """
    truth = run(setup)
    assert truth is not None
    found = student.fetch("state_of", model).value

    def is_led_by(habits: Habits) -> Callable[[Any], bool]:
        return lambda got: (path := run(setup, habits)) is not None and _close(found, path.state)

    mistakes = {sentence: is_led_by(habits) for sentence, habits in bad.items()}
    for name, value in truth.state.items():
        got = found.get(name) if isinstance(found, dict) else None
        # Counters and statistics last: a parameter says more.
        expect.close(
            Answer(got, f"the value of {name} after {question}"), value, rtol=RTOL, atol=ATOL, mistakes=mistakes
        )


def epoch_means(losses: Sequence[Sequence[float]], batches: Sequence[Batch]) -> tuple[list[float], list[float]]:
    """The mean of each epoch's losses, over its batches and over its samples: both are called the mean loss."""
    sizes = [len(targets) for *_, targets in batches]
    return (
        [sum(epoch) / len(epoch) for epoch in losses],
        [sum(x * n for x, n in zip(epoch, sizes, strict=False)) / sum(sizes[: len(epoch)]) for epoch in losses],
    )


def still_in_graph(losses: Any) -> bool:
    """Whether some item of a list of losses is a tensor that still requires grad, and keeps its batch's graph alive."""
    return isinstance(losses, list | tuple) and any(isinstance(x, Tensor) and x.requires_grad for x in losses)


def _epochs(number: int, habits: Habits) -> int:
    return {"all": number, "one": 1, "one too few": number - 1, "one too many": number + 1}[habits.epochs]


def _seen(batches: Sequence[Batch], habits: Habits) -> Sequence[Batch]:
    return {"all": batches, "first": batches[:1], "last": batches[-1:], "all but the last": batches[:-1]}[habits.seen]


def _epoch(
    model: Any, optimizer: Any, criterion: Any, batches: Sequence[Batch], habits: Habits, loss_of: LossOf
) -> list[float]:
    losses = []
    if habits.zero == "each epoch" or habits.step == "each epoch":
        optimizer.zero_grad()
    for batch in batches:
        each = habits.step != "each epoch" and habits.zero == "each batch"
        if each and habits.first == "backward":
            optimizer.zero_grad()
        loss = loss_of(model, criterion, batch)
        losses.append(loss.item())
        if habits.first == "step":
            optimizer.step()
            optimizer.zero_grad()
        loss.backward()
        if habits.zero == "before the step":
            optimizer.zero_grad()
        if habits.step == "each batch" and habits.first == "backward":
            optimizer.step()
    if habits.step == "each epoch":
        optimizer.step()
    return losses


def _judge(
    model: Any, optimizer: Any, criterion: Any, batches: Sequence[Batch], habits: Habits, loss_of: LossOf
) -> list[float]:
    import torch

    if habits.judged == "and learned from":
        return _epoch(model, optimizer, criterion, batches, Habits(), loss_of)
    if habits.judged == "with the targets first":
        loss_of = targets_first
    model.train(habits.judged == "in train mode")
    with torch.no_grad():
        return [loss_of(model, criterion, batch).item() for batch in batches]


def _close(found: Any, state: dict[str, Array]) -> bool:
    return difference(found, state, rtol=RTOL, atol=ATOL) is None
