# fails: two_of_four — "The classes must be integers"
# base: solution
def top_k(logits, k):
    p, classes = logits.softmax(dim=1).topk(k, dim=1)
    return p, classes.float()
