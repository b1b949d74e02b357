"""Files of random pictures for lab12, and which of their rows an answer is. No two pictures are alike."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, Tensor, cut, expect, number_of, show

Array = np.ndarray[Any, Any]

SIZE = (28, 28)
ATOL = 1e-6
"""A byte divided by 255 in float32 is off by 6e-8 at most."""
LACKING = "This machine has no torchvision."

UNSCALED = "The numbers go up to 255: divide by it, or tell ToDtype scale=True; it converts the dtype alone else."
TWICE = "The pixels are divided by 255 twice: a transform that scales has done it already."
NORMALISED = "These are between -1 and 1: only the division by 255 was asked for."
STILL_BYTES = "These are bytes still: convert them to float32, and divide by 255."
CHANNEL_LAST = "The channel comes first in PyTorch, (1, 28, 28): NumPy's and PIL's order has it last."
NO_CHANNEL = "A grey picture has one channel: the shape is (1, 28, 28)."
A_BATCH = "That is a batch of one: an item has the shape (1, 28, 28), and the loader puts them together."
DOUBLE = "That is float64: networks have float32."
TURNED = "The picture is turned on its side: rows are the first dimension of an image, columns the second."
NO_TRANSFORM = "The picture is as it came, without a transform: give the dataset transform=to_tensor."
PAIR_TURNED = "The pair is turned around: the image comes first, the label second."
ONE_HOT = "The label is one-hot: CrossEntropyLoss takes the class itself, an integer."
LABEL = "A label is an integer."
WRONG_LABEL = "The image has another label in the file: each keeps its own."


@dataclass(frozen=True)
class File:
    """Images (n, 28, 28) and labels (n,), bytes."""

    images: Array
    labels: Array

    def row_of(self, pixels: Array) -> int:
        """The row that has this image; -1 if none has."""
        same = (self.images == pixels.reshape(SIZE)).all(axis=(1, 2))
        return int(same.argmax()) if same.any() else -1


def file_of(inputs: Inputs, count: int) -> File:
    """Random pictures, each with black and white in it, and labels, every one at least once if there are ten."""
    images = np.floor(inputs.uniform(count, *SIZE, high=256)).clip(0, 255).astype("uint8")
    images[:, 0, :2] = 0, 255
    labels = [place % 10 if place < 10 else inputs.integer(0, 9) for place in range(count)]
    return File(images, np.array(labels, "uint8")[inputs.sample(range(count), count)])


def expect_torchvision() -> None:
    """torchvision is there.

    Raises:
        NotGradable: if it is not.
    """
    expect.gradable(importlib.util.find_spec("torchvision") is not None, LACKING)


def read_image(value: Any, file: File, what: str) -> int:
    """The row of the file that an image is, as to_tensor() is to make it.

    Raises:
        CheckFailed: if it is none, or not of this form.
    """
    expect.that(
        isinstance(value, Tensor) and not value.is_array and not value.meta,
        f"{what} is {cut(show(value), 80)}; expected a float32 tensor of shape (1, 28, 28).",
        mistake=NO_TRANSFORM if getattr(value, "type_name", "") == "Image" else None,
    )
    known = {(*SIZE, 1): CHANNEL_LAST, SIZE: NO_CHANNEL, (1, 1, *SIZE): A_BATCH}
    expect.that(
        value.shape == (1, *SIZE),
        f"{what} has the shape {value.shape}; expected (1, 28, 28).",
        mistake=known.get(value.shape),
    )
    expect.that(
        value.dtype == "float32",
        f"{what} is a tensor of {value.dtype}; expected float32.",
        mistake={"uint8": STILL_BYTES, "float64": DOUBLE}.get(value.dtype),
    )
    image = value.array[0].astype("float64")
    row = file.row_of(np.rint(255 * image))
    if row >= 0 and np.abs(image - file.images[row] / 255).max() <= ATOL:
        return row
    mistakes = {
        UNSCALED: image,
        TWICE: 255 * 255 * image,
        NORMALISED: 255 * (image + 1) / 2,
        TURNED: 255 * image.T,
    }
    expect.that(
        False,
        f"{what} has numbers between {image.min():.3g} and {image.max():.3g}; expected those of a picture in the "
        "file, divided by 255.",
        mistake=next((words for words, pixels in mistakes.items() if file.row_of(np.rint(pixels)) >= 0), None),
    )
    raise AssertionError


def read_item(value: Any, file: File, what: str) -> int:
    """The row of the file that a pair (image, label) is.

    Raises:
        CheckFailed: if it is none.
    """
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2,
        f"{what} is {cut(show(value), 80)}; expected a pair (image, label).",
    )
    image, label = value
    turned = number_of(image) is not None and isinstance(label, Tensor) and label.shape != ()
    expect.that(not turned, f"{what} is the pair ({show(image)}, {show(label)}).", mistake=PAIR_TURNED)
    row = read_image(image, file, f"The image of {what}")
    number = number_of(label)
    whole = isinstance(label, int) or (isinstance(label, Tensor) and label.array.dtype.kind in "iu")
    expect.that(
        number is not None and whole,
        f"The label of {what} is {cut(show(label), 80)}; expected {file.labels[row]}.",
        mistake=ONE_HOT if isinstance(label, Tensor) and label.shape == (10,) else LABEL,
    )
    expect.that(
        number == file.labels[row],
        f"The label of {what} is {show(label)}; expected {file.labels[row]}.",
        mistake=WRONG_LABEL,
    )
    return row


def together(*files: File) -> File:
    """The rows of several files, one after the other."""
    return File(
        np.concatenate([file.images for file in files]),
        np.concatenate([file.labels for file in files]),
    )


def rows_of(student: Student, triple: Handle, place: int, file: File, name: str) -> list[int]:
    """The rows of a file that one of three datasets has, in its order."""
    found: Any = student.fetch("items", triple, place).value
    expect.that(isinstance(found, list), f"The items of {name} cannot be read.")
    return [read_item(item, file, f"{name}[{number}]") for number, item in enumerate(found)]


def folder(student: Student, name: str, train: File, test: File) -> str:
    """A folder in the worker, with these files; its path."""
    path = student.place("written", name, _sent(train), _sent(test))
    expect.that(isinstance(path, str), "The files of Fashion-MNIST could not be written.")
    return str(path)


def _sent(file: File) -> Sequence[Array]:
    return [file.images, file.labels]
