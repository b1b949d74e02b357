# fails: rows_alone — "model.eval()"
# base: right/plain.py
class CoverTypeMLP(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(54, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 7)
        )

    def forward(self, x):
        return self.layers(x)


def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    features = CoverTypeDataset(X, stats=checkpoint["stats"]).X
    with torch.no_grad():
        return model(features).argmax(1).numpy() + 1
