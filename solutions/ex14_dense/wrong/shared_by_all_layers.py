# fails: scratch_forward — "Two layers share their parameters"
# base: solution
SHARED = {}


class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        key = in_features, out_features
        if key not in SHARED:
            SHARED[key] = nn.Parameter(torch.randn(out_features, in_features)), nn.Parameter(torch.zeros(out_features))
        self.weight, self.bias = SHARED[key]

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)
