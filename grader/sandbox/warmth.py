"""What the zygote touches once, so that no worker pays for it: lazy imports and first calls. All single-threaded."""

from __future__ import annotations

import platform
import sys
import warnings


def touch() -> None:
    """Import what workers need and make torch's first small calls."""
    import torch

    from grader.sandbox import modules, values, worker

    assert modules and worker
    packer = values.Packer(values.ObjectStore())
    leaf = torch.tensor([0.5, 1.5], requires_grad=True)
    (leaf * leaf).sum().backward()
    packer.pack(leaf.grad)
    values.Unpacker(values.ObjectStore(), packer.blob(), "cpu")


def versions() -> dict[str, str]:
    """Versions of what student code meets."""
    import torch

    found = {"python": platform.python_version(), "torch": str(torch.__version__)}
    if (numpy := sys.modules.get("numpy")) is not None:
        found["numpy"] = numpy.__version__
    return found


def accelerator() -> str:
    """The accelerator that torch sees: "cuda", "mps" or "". CUDA is asked through NVML, so it is not initialised."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if torch.cuda.is_available():
            return "cuda"
        return "mps" if torch.backends.mps.is_available() else ""
