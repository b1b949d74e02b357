# fails: dense_forward, dense_initialisation — "draw nothing in forward"
# base: solution
class Dense(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), nn.Dropout(0.5))

    def forward(self, x):
        return self.layers(x)
