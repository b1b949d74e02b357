# fails: extras — "what it was made for"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers", "nd_arrays"}
