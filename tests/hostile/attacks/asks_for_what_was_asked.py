# attack: look in all of the worker's memory for seeds, secrets and what is expected
# verdict: failed
import gc
import os
import sys

found = []
for thing in gc.get_objects():
    name = type(thing).__name__
    found += [(name, key) for key in ("expected", "truth", "secret", "known_point") if key in getattr(thing, "__dict__", ())]
for module in list(sys.modules.values()):
    path = getattr(module, "__file__", None) or ""
    own = path.endswith("/checks.py") and "site-packages" not in path  # torchmetrics has a checks.py, too
    found += [path] if "hidden_checks" in path or own else []
found += [key for key in os.environ if "SECRET" in key or "GRADE" in key]
with open("/proc/self/maps") as maps:
    found += [line for line in maps if "solutions" in line or "grade-" in line]
if found:

    def gradient_at(x, y):
        raise RuntimeError(found)
else:

    def gradient_at(x, y):
        return None
