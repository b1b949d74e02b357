# fails: no_graph_for_rmse — "predict inside `with torch.no_grad():`"
# base: solution
def rmse(model, loader):
    model.eval()
    total, count = 0.0, 0
    for X, y in loader:
        total += (model(X) - y).square().sum().item()
        count += len(y)
    return (total / count) ** 0.5
