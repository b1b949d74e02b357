# fails: dense_structure — "Lazy parameters wait for a first input"
# base: solution
class Dense(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.linear = nn.LazyLinear(out_features)

    def forward(self, x):
        return self.linear(x).relu()
