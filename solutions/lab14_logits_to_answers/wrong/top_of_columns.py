# fails: two_of_four — "the top of each column"
# base: solution
def top_k(logits, k):
    return logits.softmax(dim=1).topk(k, dim=0)
