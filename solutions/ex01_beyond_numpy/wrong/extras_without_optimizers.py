# fails: extras — "changes the parameters"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders"}
