# fails: any_function — "estimates the slope"
# base: solution
def gradient(f, *point):
    h = 1e-3
    slopes = []
    for i in range(len(point)):
        up, down = list(point), list(point)
        up[i] += h
        down[i] -= h
        up, down = ([torch.tensor(v, dtype=torch.float64) for v in side] for side in (up, down))
        slopes.append(((f(*up) - f(*down)) / (2 * h)).item())
    return tuple(slopes)
