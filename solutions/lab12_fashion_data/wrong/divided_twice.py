# fails: pixels, three_sets — "divided by 255 twice"
# base: solution
def to_tensor(image: Any) -> torch.Tensor:
    scaled = v2.functional.to_dtype(v2.functional.to_image(image), torch.float32, scale=True)
    return scaled / 255
