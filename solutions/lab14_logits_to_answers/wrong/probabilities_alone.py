# fails: two_of_four — "Return both as a pair"
# base: solution
def top_k(logits, k):
    return logits.softmax(dim=1).topk(k, dim=1).values
