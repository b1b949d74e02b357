# fails: extras_form — "none of the ten ids"
# base: solution
EXTRAS = {"GPU support", "autograd"}
