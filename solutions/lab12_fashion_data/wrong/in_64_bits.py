# fails: pixels, three_sets — "networks have float32"
# base: solution
import numpy as np


def to_tensor(image: Any) -> torch.Tensor:
    return torch.from_numpy(np.asarray(image) / 255)[None]
