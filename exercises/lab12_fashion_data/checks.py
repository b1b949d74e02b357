"""Public checks of lab12: a picture's tensor, three sets, and the loaders' batches. Pictures are random, and fresh."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, Tensor, check, expect, show

from . import pictures
from .pictures import Array, File

NOT_THREE = "Hand back all three, as a tuple: (train, valid, test)."
NONE = "Hand the three back with `return`."
FIXED_NUMBERS = "Your numbers are those of the real Fashion-MNIST: these follow from len() and n_valid."
NOT_SIXTY_THOUSAND = {
    "ValueError: Sum of input lengths does not equal": FIXED_NUMBERS,
    "RuntimeError: Error downloading": "Nothing can be downloaded here: the files are in the folder `root`.",
    "RuntimeError: Dataset not found": "The files are in the folder that you are given: hand `root` on.",
}
PARTS_TURNED = "The parts are interchanged: n_valid is the number of validation images, the rest is for training."
TEST_IS_TRAIN = "test holds the training file: it is the other file, train=False."
TEST_FROM_TRAIN = "test is cut from the training file: it has a file of its own, train=False."
TRAIN_IS_TEST = "train and valid come from the test file, which is for the end: read the training file, train=True."
LEAK = "Images are in train and in valid: then the validation asks for what was learned by heart. Split them."
LOST = "Images of the training file are in neither part: what is not for validation is for training."

SHUFFLED = "Only the training set is shuffled: for an evaluation the order makes no difference, and can be kept."
NOT_SHUFFLED = "Training sees the same order in every epoch: give its loader shuffle=True."
SAME_ORDER = "Every epoch has the same order, a shuffled one: let the loader draw a new one each time, shuffle=True."
DROPPED = "The last, smaller batch is missing: leave drop_last=False, as it is by default."
OTHER_SIZE = "Each batch is to have batch_size items, and the last one what is left."
ORDER_OF_LOADERS = "The loaders come in the order train, valid, test."
USED_UP = "It is used up after one epoch: return the DataLoader itself, not an iterator over it."
LOADERS = {"ValueError": "PyTorch refuses this combination of options; its message says which."}


@check("to_tensor() makes a float32 tensor (1, 28, 28) of a picture, between 0 and 1", points=1)
def pixels(student: Student, inputs: Inputs) -> None:
    pictures.expect_torchvision()
    for _ in range(2):
        file = pictures.file_of(inputs, 1)
        answer = student.to_tensor(student.make("picture", file.images[0], called="picture"))
        expect.that(
            answer.value is not None,
            "to_tensor(picture) returned None; expected a tensor.",
            mistake="Hand the tensor back with `return`.",
        )
        pictures.read_image(answer.value, file, "to_tensor(picture)")


def triple_of(student: Student, made: Handle, names: str) -> list[int]:
    """How long each of the three is that the student's code has returned; they stay in the worker.

    Raises:
        CheckFailed: if these are not three.
    """
    found: Any = student.fetch("lengths", made).value
    nothing = made.thing.type_name == "NoneType"
    expect.that(
        isinstance(found, list) and len(found) == 3,
        f"{made} returned {'None' if nothing else f'a {made.thing.type_name}'}; expected the triple {names}.",
        mistake=NONE if nothing else NOT_THREE,
    )
    return [int(length) for length in found]


def loaded(student: Student, root: str, seed: int, n_valid: int, train: File, test: File) -> list[list[int]]:
    """The rows of train, valid and test, in their orders; train and valid share the training file.

    Raises:
        CheckFailed: if it is not so, or an item has not the form that it is to have.
    """
    made = student.load.new(root, seed, n_valid)
    made.name = f"load(root, {seed}, {n_valid})"
    n, m = len(train.labels), len(test.labels)
    sizes = triple_of(student, made, "(train, valid, test)")
    everything = pictures.together(train, test)
    of_test = pictures.rows_of(student, made, 2, everything, "test")
    from_train = sum(row < n for row in of_test)
    expect.that(
        not from_train,
        f"{from_train} of {len(of_test)} images of test are in the training file; expected those of the test file.",
        mistake=TEST_IS_TRAIN if len(set(of_test)) == n else TEST_FROM_TRAIN,
    )
    expect.that(
        of_test == list(range(n, n + m)),
        f"test has {len(of_test)} images, {len(set(of_test))} different ones; "
        f"expected the {m} of the test file, in its order.",
    )
    turned = sizes[:2] == [n_valid, n - n_valid]
    expect.that(
        sizes[1] == n_valid,
        f"valid has {sizes[1]} images; expected {n_valid}.",
        mistake=PARTS_TURNED if turned else None,
    )
    for_training, for_valid = (
        pictures.rows_of(student, made, place, everything, name) for place, name in enumerate(("train", "valid"))
    )
    strange = sum(row >= n for row in for_training + for_valid)
    expect.that(
        not strange, f"{strange} images of train and valid are in the test file; expected none.", mistake=TRAIN_IS_TEST
    )
    both = set(for_training) & set(for_valid)
    expect.that(not both, f"{len(both)} of {n_valid} images of valid are in train, too; expected none.", mistake=LEAK)
    missing = n - len(set(for_training) | set(for_valid))
    expect.that(
        not missing, f"{missing} of {n} images of the training file are neither in train nor in valid.", mistake=LOST
    )
    expect.that(
        len(for_training) + len(for_valid) == n, f"train has {len(for_training)} images; expected {n - n_valid}."
    )
    return [for_training, for_valid, [row - n for row in of_test]]


@check("load() gives three sets of (image, label)", points=1, explain=NOT_SIXTY_THOUSAND)
def three_sets(student: Student, inputs: Inputs) -> None:
    pictures.expect_torchvision()
    train, test = pictures.file_of(inputs, 20), pictures.file_of(inputs, 8)
    root = pictures.folder(student, "small", train, test)
    loaded(student, root, inputs.integer(0, 1000), 5, train, test)


def datasets_of(student: Student, inputs: Inputs, sizes: list[int]) -> tuple[list[Handle], list[Array]]:
    """Three datasets of these sizes in the worker, and what their items hold: x (2,), fresh random numbers."""
    rows = [inputs.normal(size, 2) for size in sizes]
    names = ("train", "valid", "test")
    made = [student.make("dataset", x, np.arange(len(x)), called=name) for x, name in zip(rows, names, strict=True)]
    return made, rows


def orders_of(student: Student, made: Handle, place: int, rows: list[Array], batch_size: int) -> list[list[int]]:
    """The orders of three epochs of one of three loaders: each gives every item once, batch_size at a time.

    Raises:
        CheckFailed: if it is not so.
    """
    name, n = ("train", "valid", "test")[place], len(rows[place])
    found: Any = student.fetch("epochs", made, place, 3).value
    readable = isinstance(found, list) and all(isinstance(epoch, list) for epoch in found)
    expect.that(readable, f"The batches of the loader of {name} cannot be read.")
    orders = []
    for number, epoch in enumerate(found, 1):
        expect.that(
            bool(epoch),
            f"Epoch {number} of the loader of {name} gave no batches.",
            mistake=USED_UP if number > 1 else None,
        )
        batches = [_places(batch, rows, place) for batch in epoch]
        order = [row for batch in batches for row in batch]
        missing = n - len(set(order))
        expect.that(
            not missing and len(order) == n,
            f"An epoch of the loader of {name} gave {len(order)} items, {len(set(order))} different; expected all {n}.",
            mistake=DROPPED if missing == n % batch_size and len(order) == n - missing else None,
        )
        sizes = [len(batch) for batch in batches]
        wanted = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
        expect.that(
            sizes == wanted,
            f"An epoch of the loader of {name} has batches of {show(sizes)} items; expected {show(wanted)}.",
            mistake=OTHER_SIZE,
        )
        orders.append(order)
    return orders


def _places(batch: Any, rows: list[Array], place: int) -> list[int]:
    """The items of a batch, as their places in the dataset."""
    names = ("train", "valid", "test")
    pair = list(batch) if isinstance(batch, list | tuple) else []
    expect.that(
        len(pair) == 2 and all(isinstance(part, Tensor) and not part.meta for part in pair),
        f"A batch of the loader of {names[place]} is {show(batch)}; expected a pair (X, y) of tensors.",
    )
    x, y = (part.array for part in pair)
    known = [{row.tobytes(): number for number, row in enumerate(table)} for table in rows]
    found = [[table.get(row.tobytes(), -1) for row in np.atleast_2d(x)] for table in known]
    elsewhere = [name for name, places in zip(names, found, strict=True) if -1 not in places]
    expect.that(
        elsewhere == [names[place]] and found[place] == y.tolist(),
        f"The loader of {names[place]} gives items of {elsewhere[0] if elsewhere else 'no dataset'}.",
        mistake=ORDER_OF_LOADERS if elsewhere and elsewhere != [names[place]] else None,
    )
    return found[place]


def expect_loaders(student: Student, inputs: Inputs, sizes: list[int], batch_size: int) -> None:
    """loaders() shuffles the training set, anew in every epoch, and keeps the order of the others."""
    made, rows = datasets_of(student, inputs, sizes)
    triple = student.loaders.new(*made, batch_size)
    triple_of(student, triple, "of loaders")
    for place, name in enumerate(("train", "valid", "test")):
        orders = orders_of(student, triple, place, rows, batch_size)
        if place == 0:
            fixed = all(order == list(range(sizes[0])) for order in orders)
            expect.that(not fixed, "Every epoch of train has the dataset's order.", mistake=NOT_SHUFFLED)
            expect.that(
                orders[0] != orders[1] or orders[1] != orders[2],
                "Three epochs of train have one order.",
                mistake=SAME_ORDER,
            )
        else:
            expect.that(
                all(order == list(range(sizes[place])) for order in orders),
                f"An epoch of {name} has the order {show(orders[0])}; expected the dataset's.",
                mistake=SHUFFLED,
            )


@check("loaders() gives every item once per epoch, train's in ever new orders", points=1, explain=LOADERS)
def batches_of_all(student: Student, inputs: Inputs) -> None:
    expect_loaders(student, inputs, [23, 11, 14], 4)
