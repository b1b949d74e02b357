# fails: extras — "its broadcasting is the model"
# base: solution
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers", "broadcasting"}
