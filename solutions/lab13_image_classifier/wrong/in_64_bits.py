# fails: bytes_to_inputs, names — "float64"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images.unsqueeze(1).double() / 255
