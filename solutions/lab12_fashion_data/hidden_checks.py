"""Hidden checks of lab12: all pixels and labels, the split and its seed, the test file, and other loaders."""

from __future__ import annotations

from grader import Inputs, Student, check, expect, show

from . import pictures
from .checks import LOADERS, NOT_SIXTY_THOUSAND, expect_loaders, loaded

NOT_REPEATED = "The same seed is to choose the same images: hand random_split a generator that is seeded with it."
SEED_IGNORED = "Another seed is to choose other images: seed the generator with the argument."
LAST_ROWS = "Those are the last ones of the file, whatever the seed: choose by a generator that is seeded with it."


@check("pixels, labels and sets are right in a folder of any size", points=3, after="three_sets")
def any_folder(student: Student, inputs: Inputs) -> None:
    for number in range(2):
        train, test = (pictures.file_of(inputs, inputs.integer(*bounds)) for bounds in ((15, 22), (4, 8)))
        root = pictures.folder(student, f"folder-{number}", train, test)
        loaded(student, root, inputs.integer(0, 1000), inputs.integer(4, 7), train, test)


@check("load() chooses the validation set by the seed", points=2, after="three_sets", explain=NOT_SIXTY_THOUSAND)
def chosen_by_seed(student: Student, inputs: Inputs) -> None:
    train, test = pictures.file_of(inputs, 20), pictures.file_of(inputs, 2)
    root = pictures.folder(student, "seeds", train, test)
    one, other = inputs.integers(2, 0, 1000)
    first, again, elsewhere = (sorted(loaded(student, root, seed, 10, train, test)[1]) for seed in (one, one, other))
    expect.that(
        first == again,
        f"Twice load(root, {one}, 10), and valid has the rows {show(first)} and {show(again)}.",
        mistake=NOT_REPEATED,
    )
    expect.that(
        first != elsewhere,
        f"With the seeds {one} and {other} valid has the same rows, {show(first)}.",
        mistake=LAST_ROWS if first == list(range(10, 20)) else SEED_IGNORED,
    )


@check("loaders() is right for other sizes", points=2, after="batches_of_all", explain=LOADERS)
def other_batches(student: Student, inputs: Inputs) -> None:
    batch_size = inputs.integer(5, 7)
    sizes = [4 * batch_size + inputs.integer(1, batch_size - 1), 3 * batch_size, 2 * batch_size + 1]
    expect_loaders(student, inputs, sizes, batch_size)
    expect_loaders(student, inputs, [16, 9, 12], 3)
