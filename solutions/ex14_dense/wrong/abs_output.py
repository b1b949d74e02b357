# fails: scratch_forward — "a ReLU gives 0 for negative numbers"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * 0.3)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return (x @ self.weight.T + self.bias).abs()
