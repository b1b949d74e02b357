# fails: scratch_structure — "does not look into Python lists"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features))
        self.others = [nn.Parameter(torch.zeros(out_features))]

    def forward(self, x):
        return torch.relu(x @ self.weight.T + self.others[0])
