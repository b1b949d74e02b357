# fails: bytes_to_inputs, names — "divide them by 255"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images.unsqueeze(1).float()
