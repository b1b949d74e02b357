# fails: scratch_structure — "Saving this layer would lose a parameter"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * 0.3)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)

    def state_dict(self, *args, **kwargs):
        return {"weight": self.weight}
