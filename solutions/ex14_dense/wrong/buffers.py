# fails: scratch_structure — "saved but never trained"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.register_buffer("weight", torch.randn(out_features, in_features))
        self.register_buffer("bias", torch.zeros(out_features))

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.bias)
