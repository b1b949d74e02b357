# fails: scratch_without_linear — "must not use nn.Linear"
# base: solution
class DenseScratch(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        linear = nn.Linear(in_features, out_features)
        self.weight, self.bias = linear.weight, linear.bias
        self.hidden = [linear]

    def forward(self, x):
        return self.hidden[0](x).relu()
