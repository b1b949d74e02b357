# fails: functions — "This is an estimate"
# base: solution
def gradient_of(f, x):
    h, slopes = 1e-4, []
    for i in range(len(x)):
        up, down = torch.tensor(x, dtype=torch.float64), torch.tensor(x, dtype=torch.float64)
        up[i] += h
        down[i] -= h
        slopes.append(((f(up) - f(down)) / (2 * h)).item())
    return slopes
