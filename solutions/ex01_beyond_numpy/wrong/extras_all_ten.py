# fails: extras — "NumPy has that, too"
# base: solution
EXTRAS = {"accelerators", "autograd", "broadcasting", "compile", "float32", "layers", "linear_algebra", "loaders", "nd_arrays", "optimizers"}
