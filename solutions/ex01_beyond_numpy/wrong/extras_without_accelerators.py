# fails: extras — "where can a tensor live"
# base: solution
EXTRAS = {"autograd", "compile", "layers", "loaders", "optimizers"}
