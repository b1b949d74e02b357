# fails: accuracy, macro_recall — "earns all points"
# base: right/plain.py
class CoverTypeMLP(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.layer = nn.Linear(54, 7)

    def forward(self, x):
        return self.layer(x)
