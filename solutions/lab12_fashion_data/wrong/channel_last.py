# fails: pixels, three_sets — "The channel comes first"
# base: solution
import numpy as np


def to_tensor(image: Any) -> torch.Tensor:
    return torch.tensor(np.asarray(image), dtype=torch.float32)[..., None] / 255
