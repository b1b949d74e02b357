# fails: extras — "parts of a network"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "loaders", "optimizers"}
