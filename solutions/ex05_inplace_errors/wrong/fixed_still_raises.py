# fails: repairs — "This still raises"
# base: solution
def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    return t.exp().cos() if key[0] == "a" else b1(t)
