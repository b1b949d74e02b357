# fails: arrays — "still a NumPy array"
# base: solution
def independent_copy(a):
    return np.array(a, dtype=np.float32)
