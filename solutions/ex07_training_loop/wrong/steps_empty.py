# fails: steps — "still to be written"
# base: solution
STEPS = []
