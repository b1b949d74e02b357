# fails: extras — "made of?"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "loaders", "optimizers"}
