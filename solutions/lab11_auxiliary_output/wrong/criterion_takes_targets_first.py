# fails: train_two_outputs — "The criterion takes the output first, then the targets"
# base: solution
def train_aux(model, optimizer, criterion, loader, n_epochs, device="cpu", aux_weight=0.2):
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for *inputs, y in loader:
            inputs, y = [tensor.to(device) for tensor in inputs], y.to(device)
            optimizer.zero_grad()
            main, aux = model(*inputs)
            loss = (1 - aux_weight) * criterion(y, main) + aux_weight * criterion(y, aux)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
