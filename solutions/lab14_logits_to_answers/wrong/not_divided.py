# fails: known_rows, two_of_four — "divide each row by its sum"
# base: solution
def probabilities(logits):
    return logits.exp()
