# fails: known_rows, two_of_four — "not log_softmax"
# base: solution
def probabilities(logits):
    return logits.log_softmax(dim=1)
