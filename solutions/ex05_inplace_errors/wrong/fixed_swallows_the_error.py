# fails: easy_repair — "Repair the computation"
# base: solution
def fixed(key: str, t: torch.Tensor) -> torch.Tensor:
    try:
        return SNIPPETS[key](t)
    except RuntimeError:
        return None
