# fails: scratch_structure — "new random weights in each call"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.sizes = in_features, out_features

    def forward(self, x):
        n_in, n_out = self.sizes
        weight, bias = torch.randn(n_out, n_in), torch.randn(n_out)
        return torch.relu(x @ weight.T + bias)
