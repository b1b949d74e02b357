# fails: bytes_to_inputs, names — "Your function returned None"
# base: solution
def to_inputs(images: torch.Tensor) -> torch.Tensor:
    images.unsqueeze(1) / 255
