# fails: dense_structure — "does not look into Python lists"
# base: solution
class Dense(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.layers = [nn.Linear(in_features, out_features), nn.ReLU()]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
