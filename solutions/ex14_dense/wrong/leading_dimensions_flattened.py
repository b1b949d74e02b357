# fails: scratch_forward — "Keep the leading dimensions"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * 0.3)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        rows = x.reshape(-1, x.shape[-1])
        return torch.relu(rows @ self.weight.T + self.bias)
