# fails: easy_repair — "autograd knows nothing about"
# base: solution
def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        if key[0] == "a":
            return t.exp().cos()
        return (t + 1).cos() * (t + 1).sin()
