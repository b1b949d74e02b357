# fails: scratch_structure — "NumPy's random numbers are float64"
# base: solution
import numpy as np


class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.from_numpy(np.random.randn(out_features, in_features)))
        self.bias = nn.Parameter(torch.from_numpy(np.zeros(out_features)))

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)
