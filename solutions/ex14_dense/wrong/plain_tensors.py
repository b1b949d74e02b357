# fails: scratch_structure — "no optimizer will ever see your tensors"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = torch.randn(out_features, in_features, requires_grad=True)
        self.bias = torch.zeros(out_features, requires_grad=True)

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)
