# fails: known_rows, two_of_four — "All your probabilities together add up to 1"
# base: solution
def probabilities(logits):
    return logits.flatten().softmax(dim=0).reshape(logits.shape)
