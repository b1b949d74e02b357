# fails: known_rows, two_of_four — "the logits as they came"
# base: solution
def probabilities(logits):
    return logits
