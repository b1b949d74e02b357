# fails: pixels, three_sets — "expected those of a picture"
# base: solution
def to_tensor(image: Any) -> torch.Tensor:
    return (v2.functional.pil_to_tensor(image) // 255).float()
