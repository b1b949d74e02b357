# fails: no_graph — "a graph was built while the model ran"
# base: solution
def predict(model, X):
    model.eval()
    model(X)
    with torch.no_grad():
        return model(X)
