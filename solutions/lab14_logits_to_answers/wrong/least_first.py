# fails: two_of_four — "Your order is reversed"
# base: solution
def top_k(logits, k):
    p, classes = logits.softmax(dim=1).sort(dim=1)
    return p[:, -k:], classes[:, -k:]
