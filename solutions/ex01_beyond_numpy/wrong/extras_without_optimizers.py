# fails: extras — "takes the step"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders"}
