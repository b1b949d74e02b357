# fails: known_rows, two_of_four — "softmax, not sigmoid"
# base: solution
def probabilities(logits):
    return logits.sigmoid()
