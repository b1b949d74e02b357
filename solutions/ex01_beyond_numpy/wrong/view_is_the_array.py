# fails: arrays — "still a NumPy array"
# base: solution
def shared_view(a):
    return a.view()
