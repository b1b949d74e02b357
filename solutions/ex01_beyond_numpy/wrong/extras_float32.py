# fails: extras — "dtype='float32'"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers", "float32"}
