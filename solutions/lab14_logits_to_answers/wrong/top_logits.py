# fails: two_of_four — "These are the top k logits"
# base: solution
def top_k(logits, k):
    return logits.topk(k, dim=1)
