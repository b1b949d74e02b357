# attack: put a torch of its own in front of the real one
# verdict: failed, error, crashed, timeout
import os
import sys

for name in ("torch.py", "conftest.py", "sitecustomize.py", "usercustomize.py", "evil.pth", "grader.py"):
    with open(name, "w") as file:
        file.write("print('passed')\n")


class Hook:
    def find_spec(self, name, path=None, target=None):
        return None


sys.meta_path.insert(0, Hook())
sys.path.insert(0, os.getcwd())
for name in [name for name in sys.modules if name.split(".")[0] in ("torch", "grader")]:
    del sys.modules[name]

def gradient_at(x, y):
    return None
