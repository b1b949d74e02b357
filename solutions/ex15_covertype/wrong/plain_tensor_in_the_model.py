# fails: model_elsewhere — "register_buffer"
# base: right/plain.py
class CoverTypeMLP(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.scale = torch.full((54,), 0.5)
        self.layers = nn.Sequential(
            nn.Linear(54, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 7)
        )

    def forward(self, x):
        return self.layers(x * self.scale)
