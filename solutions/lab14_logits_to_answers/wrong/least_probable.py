# fails: two_of_four — "the k least probable classes"
# base: solution
def top_k(logits, k):
    return logits.softmax(dim=1).topk(k, dim=1, largest=False)
