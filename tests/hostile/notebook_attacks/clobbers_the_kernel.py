# attack: take away what the kernel itself needs: builtins, modules, descriptors, stdout
# verdict: failed, error, crashed, timeout
# %%
import builtins
import os
import sys

sys.stdout = sys.stderr = sys.__stdout__ = None
for name in list(sys.modules):
    if name.startswith(("zmq", "tornado", "asyncio", "IPython", "ipykernel")):
        del sys.modules[name]
builtins.print = builtins.len = builtins.isinstance = None
os.closerange(4, 64)


# %%
def gradient_at(x, y):
    return 1.0, 1.0
