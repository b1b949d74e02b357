# fails: bytes_to_inputs, names — "one image of n channels"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images[None] / 255
