"""What the zygote touches once, so that no worker pays for it: lazy imports and first calls.

All single-threaded and small: an operation that is spread over threads starts torch's pool, and a fork loses the pool's
threads, so that the first matmul of every worker would wait for them and never end. Nor may anything initialise CUDA,
which does not survive a fork.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import platform
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping

from grader.sandbox import omissions


def _run_torchscript() -> None:
    """A branch and a reduction: what TorchScript sets up when it first runs these takes 50 ms."""
    import torch

    branch = "def branch(x):\n    if bool(x.sum() > 0.0):\n        return x * 2\n    return x - 1\n"
    made = torch.jit.CompilationUnit(branch)
    for _ in range(2):  # the first run takes notes, the second one is optimized
        made.branch(torch.ones(2))


def _export() -> None:
    """A layer with a free number of rows, saved and loaded."""
    import torch

    example, rows = (torch.ones(2, 3),), torch.export.Dim("rows")
    with io.BytesIO() as file:
        torch.export.save(torch.export.export(torch.nn.Linear(3, 2), example, dynamic_shapes=({0: rows},)), file)
        file.seek(0)
        torch.export.load(file).module()(*example)
    _forget_graphs()


def _compile() -> None:
    """A layer, for a batch, for batches of any size, and for one row: half a second."""
    import torch

    compiled = torch.compile(torch.nn.Linear(3, 2), backend="eager")
    for rows in (4, 3, 1):
        compiled(torch.ones(rows, 3))
    _forget_graphs()


def _open_a_database() -> None:
    """A study of two trials, in memory."""
    import optuna

    spoken = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    storage = optuna.storages.RDBStorage("sqlite:///:memory:")
    sampler = optuna.samplers.TPESampler(seed=0, n_startup_trials=1)
    study = optuna.create_study(storage=storage, sampler=sampler)
    study.optimize(lambda trial: trial.suggest_float("a", 0, 1) + trial.suggest_int("b", 1, 2), n_trials=2)
    storage.engine.dispose()
    optuna.logging.set_verbosity(spoken)


def _forget_graphs() -> None:
    import torch._dynamo.utils

    torch._dynamo.reset()
    for counter in torch._dynamo.utils.counters.values():
        counter.clear()


FIRST_CALLS: Mapping[str, Callable[[], None]] = {
    "torch.jit": _run_torchscript,
    "torch.export._trace": _export,
    "torch._inductor.compile_fx": _compile,
    "optuna.storages._rdb.models": _open_a_database,
}
"""Module → what else is done when it is loaded: its first call takes long, and what it sets up survives a fork."""


def load(modules: Iterable[str]) -> None:
    """Import modules that workers need; one that this version of its package has not is left out: it only saves time.

    For some, their first call is made, too; one that fails will fail in the worker, where it matters.

    Raises:
        ModuleNotFoundError: if a package itself is missing.
    """
    for name in modules:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if "." not in (error.name or ""):
                raise
        if name in FIRST_CALLS:
            with warnings.catch_warnings(), contextlib.suppress(Exception):
                warnings.simplefilter("ignore")
                FIRST_CALLS[name]()


def touch() -> None:
    """Import what workers need and make torch's first small calls."""
    import numpy.random  # numpy imports it lazily
    import torch

    from grader.sandbox import apparatus, wire  # noqa: F401
    from grader.sandbox.inside import desktop, helpers, modules, neutral, shortcuts, values, worker  # noqa: F401

    desktop.prepare(accelerator())
    shortcuts.prepare()
    numpy.random.seed(0)
    torch.default_generator.manual_seed(0)
    layer = torch.nn.Linear(3, 2)
    leaf = torch.randn(4, 3, requires_grad=True)
    output = torch.relu(layer(leaf)) + leaf.sin().cos().exp().sum() * torch.tensor(2.0) ** 2
    output.sum().backward()  # type: ignore[no-untyped-call]
    gradients = torch.autograd.grad(layer(leaf).sum(), [leaf, *layer.parameters()])
    objects = values.ObjectStore()
    packer = values.Packer(objects)
    wire.frame(wire.Done(packer.pack({"gradients": list(gradients), "layer": layer})))
    values.Unpacker(objects, packer.blob(), "cpu").unpack(wire.TensorValue(0))


def touch_kernel() -> None:
    """Import what workers with a notebook's kernel need, and make the slow first calls: half a second."""
    with omissions.without(omissions.DEBUGGER):
        import ipykernel.debugger  # noqa: F401
    with omissions.without(omissions.ADDRESSES):
        import nbformat
    import IPython.core.debugger
    import IPython.core.logger
    import IPython.core.oinspect
    import IPython.extensions.storemagic  # noqa: F401
    import tornado.platform.asyncio  # noqa: F401
    from IPython.core import ultratb

    from grader.sandbox.inside import kernel  # noqa: F401

    nbformat.v4.new_code_cell("1")  # compiles the schema of notebooks
    try:
        exec(compile("1 / 0", "<cell 0>", "exec"), {})
    except ZeroDivisionError:
        ultratb.FormattedTB(mode="Context").text(*sys.exc_info())


def versions() -> dict[str, str]:
    """Versions of what student code meets."""
    import numpy as np
    import torch

    return {"python": platform.python_version(), "torch": str(torch.__version__), "numpy": np.__version__}


@functools.cache
def accelerator() -> str:
    """The accelerator that torch sees: "cuda", "mps" or "". CUDA is asked through NVML, so it is not initialised."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if torch.cuda.is_available():
            return "cuda"
        return "mps" if torch.backends.mps.is_available() else ""
