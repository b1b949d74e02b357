# fails: history, accuracy, macro_recall — "apply the training statistics inside predict"
# base: right/plain.py
def predict(checkpoint, X):
    model = CoverTypeMLP(**checkpoint["hyperparameters"])
    model.load_state_dict(checkpoint["model_state_dict"])
    model.eval()
    features = CoverTypeDataset(X, stats=None).X
    with torch.no_grad():
        return model(features).argmax(1).numpy() + 1
