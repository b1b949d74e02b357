# fails: pixels, three_sets — "a batch of one"
# base: solution
def to_tensor(image: Any) -> torch.Tensor:
    return v2.functional.pil_to_tensor(image).float()[None] / 255
