# fails: bytes_to_inputs — "(n, 1, h, w)"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images.unsqueeze(-1) / 255
