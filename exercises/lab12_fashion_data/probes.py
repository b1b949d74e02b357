"""Runs in the worker, beside the student's code: Fashion-MNIST's files, pictures, what datasets and loaders give."""

from __future__ import annotations

import copy
import itertools
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

# Whether this machine has the cores of a loader's workers is not the student's affair.
warnings.filterwarnings("ignore", category=UserWarning, module=r"torch\.utils\.data")

MOST = 1_000
"""After so many items or batches a dataset or an epoch is taken to be endless."""
IDX_BYTES = 8
"""The code for unsigned bytes in an IDX file's head."""


def written(name: str, train: Sequence[torch.Tensor], test: Sequence[torch.Tensor]) -> str:
    """A folder with the four files of a Fashion-MNIST: images (n, 28, 28) and labels (n,), bytes; its path."""
    root = Path(tempfile.gettempdir(), name)
    raw = root / "FashionMNIST" / "raw"
    raw.mkdir(parents=True)
    for kind, (images, labels) in (("train", train), ("t10k", test)):
        (raw / f"{kind}-images-idx3-ubyte").write_bytes(idx(images.cpu().numpy()))
        (raw / f"{kind}-labels-idx1-ubyte").write_bytes(idx(labels.cpu().numpy()))
    return str(root)


def idx(array: np.ndarray[Any, Any]) -> bytes:
    """An array of bytes as LeCun's IDX format has it: two zeros, the type, the dimensions, their sizes, the data."""
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, IDX_BYTES, array.ndim]) + sizes + array.astype("uint8").tobytes()


def picture(pixels: torch.Tensor) -> Any:
    """A grey picture, as torchvision hands it to a transform."""
    from PIL import Image

    return Image.fromarray(pixels.cpu().numpy().astype("uint8"))


def lengths(of: Any) -> list[int] | None:
    """How long the members of a sequence are; None if this is none."""
    return [len(member) for member in of] if isinstance(of, list | tuple) else None


def items(of: Sequence[Any], place: int) -> list[Any]:
    """All items of one of several datasets."""
    dataset = of[place]
    return [dataset[i] for i in range(min(len(dataset), MOST))]


def dataset(X: torch.Tensor, y: torch.Tensor) -> TensorDataset:
    """Some other dataset of pairs, on the CPU."""
    return TensorDataset(X.cpu(), y.cpu())


def epochs(of: Sequence[Iterable[Any]], place: int, count: int) -> list[list[Any]]:
    """The batches of so many epochs of one of several loaders, made in this process."""
    loader = of[place]
    if isinstance(loader, DataLoader):
        loader = copy.copy(loader)
        loader.num_workers, loader.timeout, loader.pin_memory = 0, 0, False
    return [list(itertools.islice(loader, MOST)) for _ in range(count)]
