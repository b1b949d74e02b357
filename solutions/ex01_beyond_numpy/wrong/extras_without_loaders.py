# fails: extras — "samples of a dataset"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "optimizers"}
