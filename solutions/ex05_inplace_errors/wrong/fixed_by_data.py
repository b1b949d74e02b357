# fails: repairs — "the gradient is not"
# base: solution
def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    if key == "a2":
        return t.exp().cos()
    if key == "a3":
        z = t.exp()
        z.data.cos_()
        return z
    v = t + 1
    return v.cos() * v.sin()
