# fails: scratch_forward, scratch_initialisation — "another answer in each call"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * 0.3)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        self.weight = nn.Parameter(torch.randn_like(self.weight))
        return torch.relu(x @ self.weight.T + self.bias)
