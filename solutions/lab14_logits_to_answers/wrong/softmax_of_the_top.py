# fails: two_of_four — "Your k probabilities add up to 1"
# base: solution
def top_k(logits, k):
    values, classes = logits.topk(k, dim=1)
    return values.softmax(dim=1), classes
