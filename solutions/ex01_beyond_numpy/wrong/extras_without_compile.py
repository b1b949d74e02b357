# fails: extras — "line by line"
# base: solution
EXTRAS = {"accelerators", "autograd", "layers", "loaders", "optimizers"}
