# fails: extras_form — "put the ids into it"
# base: solution
EXTRAS = set()
