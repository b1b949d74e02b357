# fails: known_rows, two_of_four — "the unchanged logits"
# base: solution
def probabilities(logits):
    return logits
