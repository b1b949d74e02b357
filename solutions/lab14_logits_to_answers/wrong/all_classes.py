# fails: two_of_four — "You returned all K classes"
# base: solution
def top_k(logits, k):
    return logits.softmax(dim=1).sort(dim=1, descending=True)
