# fails: extras_form — "ids as strings in braces"
# base: solution
EXTRAS = "accelerators, autograd, compile, layers, loaders, optimizers"
