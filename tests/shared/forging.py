"""What forgers have in common: code that finds the worker's own from inside, and makes it say what it likes."""

from __future__ import annotations

FINDS_THE_HARNESS = """
import sys
import torch

frame = sys._getframe()
while not hasattr(frame.f_locals.get("self"), "_probes"):
    frame = frame.f_back
harness, wire = frame.f_locals["self"], frame.f_globals["wire"]
helpers, values, modules = harness._probes, harness._values, harness._modules
apparatus = harness._shared[-1]

def flags_are_innocent(device=None):
    pack = values.Packer._tensor
    def packed(self, tensor, *, array, reserved=False):
        found = pack(self, tensor, array=array, reserved=reserved)
        return wire.TensorValue(found.index, False, found.array, device() if device else found.device)
    values.Packer._tensor = packed
"""
"""Appended to a program: takes hold of the worker's own code."""

FINGERPRINT = """
import re

def fingerprint(request):
    said = repr((getattr(request, "path", ()), getattr(request, "args", ())))
    said = re.sub(r"0x[0-9a-f]+", "#", said)
    return type(request).__name__ + re.sub(r"[0-9]+([.]?[0-9]*(e-?[0-9]+)?)", "#", said)[:400]
"""
"""A request without its numbers and addresses, which differ from run to run: what it is about."""

SAYS_WHAT_THE_REFERENCE_SAID = """
import base64, json, zlib

SAID, asked = json.loads(zlib.decompress(base64.b85decode(PACKED))), {}
honestly = type(harness).answer

def answer(self, request, blob, files):
    own, about = honestly(self, request, blob, files), fingerprint(request)
    asked[about] = asked.get(about, 0) + 1
    said = SAID.get(about)
    return base64.b85decode(said[min(asked[about], len(said)) - 1]) if said else own

type(harness).answer = answer
flags_are_innocent()
"""
"""Then: whatever is witnessed is what the reference's worker said of the same thing, in its order."""
