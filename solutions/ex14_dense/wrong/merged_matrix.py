# fails: scratch_structure — "merged into one matrix"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.wb = nn.Parameter(torch.randn(out_features, in_features + 1) * 0.3)

    def forward(self, x):
        return torch.relu(x @ self.wb[:, :-1].T + self.wb[:, -1])
