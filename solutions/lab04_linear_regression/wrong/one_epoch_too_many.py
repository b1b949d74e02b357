# fails: descends, descends_anywhere — "One epoch too many"
# base: solution
def fit(
    X: torch.Tensor, y: torch.Tensor, w0: torch.Tensor, b0: torch.Tensor, lr: float, n_epochs: int
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    # (m, 1) minus (m,) would be (m, m): every prediction would meet every target.
    y = y.reshape(-1, 1)
    w, b = w0.clone().requires_grad_(), b0.clone().requires_grad_()
    losses = []
    for _ in range(n_epochs + 1):
        loss = (X @ w + b - y).square().mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
            b -= lr * b.grad
            w.grad = b.grad = None
        losses.append(loss.item())
    return w.detach(), b.detach(), losses
