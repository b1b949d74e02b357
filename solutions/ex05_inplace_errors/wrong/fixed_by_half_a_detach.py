# fails: repairs — "the gradient is not"
# base: solution
def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    if key[0] == "a":
        return t.exp().cos()
    v = t + 1
    return v.cos() * v.detach().sin()
