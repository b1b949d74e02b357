# fails: two_of_four — "Your softmax runs over the samples"
# base: solution
def top_k(logits, k):
    classes = logits.topk(k, dim=1).indices
    return logits.softmax(dim=0).gather(1, classes), classes
