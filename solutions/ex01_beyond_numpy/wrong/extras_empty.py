# fails: extras — "still to be written"
# base: solution
EXTRAS = set()
