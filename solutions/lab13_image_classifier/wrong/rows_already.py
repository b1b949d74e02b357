# fails: bytes_to_inputs — "keep them as they are"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images.flatten(1) / 255
