# attack: make the submission a link to the reference solution and load it again
# verdict: error, failed
import importlib.util
import os

os.unlink(__file__)
os.symlink("__ROOT__/solutions/ex13_sin_gradient/ex13_sin_gradient.py", __file__)
spec = importlib.util.spec_from_file_location("stolen", __file__)
stolen = importlib.util.module_from_spec(spec)
spec.loader.exec_module(stolen)
gradient_at, gradient, sin_x2y = stolen.gradient_at, stolen.gradient, stolen.sin_x2y
