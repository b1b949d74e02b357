# fails: extras — "none of the ten ids"
# base: solution
EXTRAS = {"GPU support", "autograd"}
