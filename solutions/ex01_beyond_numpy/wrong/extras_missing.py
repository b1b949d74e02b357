# fails: extras_form — "has no EXTRAS"
# base: solution
del EXTRAS
EXTRA = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}
