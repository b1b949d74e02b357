# fails: steps — "still empty"
# base: solution
STEPS = []
