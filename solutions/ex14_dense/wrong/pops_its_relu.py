# fails: scratch_forward, scratch_initialisation — "pop from empty list"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features))
        self.bias = nn.Parameter(torch.zeros(out_features))
        self.activations = [torch.relu]

    def forward(self, x):
        return self.activations.pop()(x @ self.weight.T + self.bias)
