# fails: pixels, three_sets — "turned on its side"
# base: solution
def to_tensor(image: Any) -> torch.Tensor:
    return v2.functional.pil_to_tensor(image).float().transpose(1, 2) / 255
