# fails: extras_form — "remembers how a number"
# base: solution
EXTRAS = {"accelerators", "compile", "layers", "loaders", "optimizers"}
