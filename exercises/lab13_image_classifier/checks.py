"""Public checks of lab13: inputs, logits, the loop by where it leads, accuracy, and names. The truth is NumPy's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, check, expect
from grader import training_loops as loops

from . import truth
from .truth import Array, Task

BYTES_KEPT = "These go up to 255: divide them by 255."
WHOLE = "A whole division leaves 0 and 1 alone: divide with /, as floats."
NO_CHANNEL = "The channel is missing: unsqueeze(1) makes (n, 1, h, w) of (n, h, w)."
CHANNEL_LAST = "The channel comes after the images' own dimension: (n, 1, h, w)."
CHANNEL_FIRST = "That is one image of n channels: the batch comes first, then the channel, (n, 1, h, w)."
FLAT = "The images are rows already: keep them as they are, (n, 1, h, w); the model flattens."

NOT_FLATTENED = "The images are no rows yet: nn.Flatten(), or X.flatten(1), makes (n, h·w) of (n, 1, h, w)."
BATCH_FLATTENED = "The batch was flattened, too: keep its dimension, with nn.Flatten() or X.flatten(1)."
DECIDED = "Those are the classes already: return the logits, one for each class."
ONE_HOT = (
    "Outputs and targets have one shape, as one-hot targets have: cross-entropy takes logits (n, K), and y as it is."
)
BYTES_IN = "Bytes went into the model: they become inputs by to_inputs() first."
CHANGED = "step() changes weights that backward() still needs: step() comes after backward(), not before it."
TWICE = "Each batch needs a graph of its own: call the model and compute the loss anew for every batch."
NO_GRAPH = "backward() finds nothing to differentiate: compute the loss outside of no_grad(), from the model's output."
RAISES = {
    "cannot be multiplied (1x": BATCH_FLATTENED,
    "cannot be multiplied": NOT_FLATTENED,
    "Expected floating point type for target": ONE_HOT,
    "must have the same dtype": BYTES_IN,
    "Byte": BYTES_IN,
    "modified by an inplace operation": CHANGED,
    "backward through the graph a second time": TWICE,
    "does not require grad": NO_GRAPH,
}
"""Part of an exception's message → a sentence."""
SHAPES = {"RuntimeError": "PyTorch refuses a step: look at the shapes of what its message names, or of its arguments."}
NO_CLASS = {
    "IndexError": "There is no class of this number: argmax along the classes, dim=1, gives one for each image.",
    **SHAPES,
}

SOFTMAX_IN_LOOP = "A softmax comes between model and criterion: CrossEntropyLoss applies it itself, to logits."
BAD = {
    **loops.BAD_HABITS,
    SOFTMAX_IN_LOOP: loops.Habits(
        loss_of=lambda model, criterion, batch: criterion(model(batch[0]).softmax(1), batch[1])
    ),
}

NUMBERS = "Those are the classes' numbers: the name of number k is classes[k]."
LEAST = "Those are the least probable classes."
UNSCALED = "The model was trained on inputs between 0 and 1, and meets bytes here: to_inputs() first."
ONE_NAME = "One name for each image, in a list."


@check("to_inputs() makes float32 images (n, 1, h, w) between 0 and 1 of bytes", points=1)
def bytes_to_inputs(student: Student, inputs: Inputs) -> None:
    for n, h, w in ((4, 2, 3), (inputs.integer(2, 6), 8, 7)):
        images = bytes_of(inputs, n, h, w)
        right = images[:, None] / 255
        answer = student.to_inputs(images)
        known = {
            WHOLE: lambda got, images=images: (
                got.array.astype("float64").reshape(images.shape) == images // 255
            ).all(),
            BYTES_KEPT: lambda got, images=images: (got.array.astype("float64").reshape(images.shape) == images).all(),
            NO_CHANNEL: lambda got, images=images: got.shape == images.shape,
            CHANNEL_LAST: lambda got, images=images: got.shape == (*images.shape, 1),
            CHANNEL_FIRST: lambda got, images=images: got.shape == (1, *images.shape),
            FLAT: lambda got, images=images: got.shape == (len(images), images[0].size),
        }
        expect.tensor(answer, shape=right.shape, dtype="float32", mistakes=known)
        expect.close(answer, right, atol=1e-6, mistakes=known)


def bytes_of(inputs: Inputs, n: int, h: int, w: int) -> Array:
    """Random images of bytes, with black and white in each."""
    images = np.floor(inputs.uniform(n, h, w, high=256)).clip(0, 255).astype("uint8")
    images[:, 0, :2] = 0, 255
    return images


def expect_logits(student: Student, inputs: Inputs, n: int, size: tuple[int, int], rest: Sequence[int]) -> None:
    """A classifier of these layers gives the right logits, from weights that are sent."""
    n_inputs = size[0] * size[1]
    weights = truth.random_weights(inputs, [n_inputs, *rest])
    images = inputs.uniform(n, 1, *size)
    model = student.ImageClassifier.new(n_inputs, *rest)
    model.load(*(part for pair in weights for part in pair))
    with expect.explained(RAISES):
        answer = model.forward(images)
    known = {DECIDED: lambda got: got.shape == (n,), **truth.mistaken_logits(images, weights)}
    expect.close(answer, truth.logits(images, weights), mistakes=known)


@check("ImageClassifier() gives a logit for each class", points=1, explain=SHAPES)
def logits(student: Student, inputs: Inputs) -> None:
    expect_logits(student, inputs, 5, (3, 4), (9, 7, 4))
    expect_logits(student, inputs, 6, (4, 2), (11, 6, 3))


FLAT_LINEAR = (("Flatten",), ("Linear", 6, 3))
SIZES = (4, 5, 4, 2)
"""Images of the batches: the last one is smaller, as a loader's often is."""


def setup_of(inputs: Inputs, layers: Any, options: dict[str, Any], n_classes: int, **more: Any) -> loops.Setup:
    """A classifier in a random state, and batches of images of 2 x 3 pixels."""
    batches = tuple(
        (inputs.normal(n, 1, 2, 3), np.array([inputs.integer(0, n_classes - 1) for _ in range(n)], "int64"))
        for n in SIZES
    )
    state = loops.initial_state(inputs, layers)
    return loops.Setup(layers, state, "SGD", options, "CrossEntropyLoss", batches, 3, **more)


def expect_trained(student: Student, setup: loops.Setup, *, by_default: bool = False) -> None:
    """fit_classifier() leads the model where good habits lead it; `by_default`: where it may, the device is unsaid."""
    model, optimizer, criterion, loader = loops.objects_of(student, setup)
    device = () if by_default and student.device == "cpu" else (student.device,)
    with expect.explained(RAISES):
        handle = student.fit_classifier.new(model, optimizer, criterion, loader, setup.epochs, *device)
    loops.expect_same_path(student, model, str(handle), setup, BAD)


@check("fit_classifier() leads a small model where three right epochs lead it", points=1, explain=SHAPES)
def trains(student: Student, inputs: Inputs) -> None:
    for by_default in (False, True):
        expect_trained(student, setup_of(inputs, FLAT_LINEAR, {"lr": 0.5}, 3), by_default=by_default)


def model_of(student: Student, task: Task) -> Handle:
    """A task's model in the worker."""
    layers = [list(layer) for layer in task.layers]
    return student.make("model", layers, task.state, task.training, student.device, called="model")


def expect_share(student: Student, task: Task, known: dict[str, Any]) -> Answer:
    """accuracy() gives the share of right ones over all batches of a task."""
    sizes = ", ".join(str(len(y)) for _, y in task.batches)
    batches = [list(batch) for batch in task.batches]
    loader = student.make("batches", batches, student.device, called=f"a loader with batches of {sizes}")
    model = model_of(student, task)
    with expect.explained(RAISES):
        answer = student.accuracy(model, loader)
    expect.close(answer, truth.share(task.right()), rtol=1e-3, mistakes=known)
    return answer


def telling_task(inputs: Inputs, sizes: Sequence[int]) -> Task:
    """A task on which mistaken shares are told apart."""
    while True:
        task = truth.labelled(inputs, FLAT_LINEAR, sizes, (2, 3), [0.1, *[0.3] * (len(sizes) - 2), 0.7])
        right = task.right()
        if truth.apart([truth.share(right), *truth.mistaken_shares(right).values()]) and task.clear():
            return task


@check("accuracy() is the share of right ones over all images", points=1, explain=SHAPES)
def share_of_right(student: Student, inputs: Inputs) -> None:
    for sizes in ((9, 8, 5), (11, 7, 9, 4)):
        task = telling_task(inputs, sizes)
        expect_share(student, task, truth.mistaken_shares(task.right()))


CLASSES = ("sneaker", "ankle boot", "sandal", "bag", "coat")


def expect_names(student: Student, task: Task, images: Array, classes: Sequence[str]) -> None:
    """names_of() names the classes of these images, of which the task's only batch is made."""
    model = model_of(student, task)
    with expect.explained(RAISES):
        answer = student.names_of(model, images, list(classes))
    (z,) = task.outputs()
    (in_train_mode,) = task.outputs(training=True)
    unscaled = Task(task.layers, task.state, ((255 * task.batches[0][0], task.batches[0][1]),)).outputs()[0]

    def named(numbers: Array) -> list[str]:
        return [classes[int(k)] for k in numbers]

    expect.close(
        answer,
        named(z.argmax(1)),
        mistakes={
            NUMBERS: z.argmax(1).tolist(),
            UNSCALED: named(unscaled.argmax(1)),
            TRAIN_MODE: named(in_train_mode.argmax(1)),
            LEAST: named(z.argmin(1)),
            ONE_NAME: lambda got: isinstance(got, str) or len(got) != len(images),
        },
    )


TRAIN_MODE = "The model is in train mode, so BatchNorm uses the batch and Dropout drops: call model.eval() first."


def pictured_task(inputs: Inputs, layers: Any, n: int, size: tuple[int, int]) -> tuple[Task, Array]:
    """Images of bytes, and a task of them: unscaled, in train mode, from the other end: each has other names."""
    while True:
        images = bytes_of(inputs, n, *size)
        x = (images[:, None] / 255).astype("float32")
        task = Task(layers, truth.state_of(inputs, layers), ((x, np.zeros(n, "int64")),))
        z, training = task.outputs()[0], task.outputs(training=True)[0]
        raw = Task(layers, task.state, ((255 * x, task.batches[0][1]),)).outputs()[0]
        named = [z.argmax(1), raw.argmax(1), z.argmin(1)]
        named += [training.argmax(1)] if len(layers) > len(FLAT_LINEAR) else []
        if task.clear() and all((one != other).any() for one, other in combinations(named, 2)):
            return task, images


@check("names_of() names the most probable class of each image", points=1, explain=NO_CLASS)
def names(student: Student, inputs: Inputs) -> None:
    for n, size in ((6, (3, 4)), (9, (2, 5))):
        layers = (("Flatten",), ("Linear", size[0] * size[1], len(CLASSES)))
        expect_names(student, *pictured_task(inputs, layers, n, size), CLASSES)
