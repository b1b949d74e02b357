# fails: pixels, three_sets — "Hand the tensor back"
# base: solution
def to_tensor(image: Any) -> torch.Tensor:
    v2.functional.pil_to_tensor(image).float() / 255
