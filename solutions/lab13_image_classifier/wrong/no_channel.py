# fails: bytes_to_inputs — "The channel is missing"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images / 255
