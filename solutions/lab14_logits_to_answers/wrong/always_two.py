# fails: any_top, far_from_zero — "expected"
# base: solution
def top_k(logits, k):
    return logits.softmax(dim=1).topk(2, dim=1)
