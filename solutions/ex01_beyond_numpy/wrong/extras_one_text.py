# fails: extras_form — "ids as texts in braces"
# base: solution
EXTRAS = "accelerators, autograd, compile, layers, loaders, optimizers"
