# fails: scratch_structure — "new random weights in each call"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.sizes = in_features, out_features

    def forward(self, x):
        n_in, n_out = self.sizes
        self.weight = nn.Parameter(torch.randn(n_out, n_in))
        self.bias = nn.Parameter(torch.randn(n_out))
        return torch.relu(x @ self.weight.T + self.bias)
