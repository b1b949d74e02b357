# fails: known_rows, two_of_four — "Your softmax runs over the samples"
# base: solution
def probabilities(logits):
    return logits.softmax(dim=0)
