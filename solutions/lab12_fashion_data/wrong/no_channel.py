# fails: pixels, three_sets — "one channel"
# base: solution
def to_tensor(image: Any) -> torch.Tensor:
    return v2.functional.pil_to_tensor(image).float()[0] / 255
