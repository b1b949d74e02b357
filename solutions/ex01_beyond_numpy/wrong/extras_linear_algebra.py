# fails: extras — "numpy.linalg"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers", "linear_algebra"}
