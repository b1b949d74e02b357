# fails: extras_form — "still to be written"
# base: solution
EXTRAS = set()
