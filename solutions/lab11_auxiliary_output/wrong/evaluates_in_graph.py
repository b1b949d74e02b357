# fails: evaluates_in_eval_mode — "evaluate inside `with torch.no_grad():`"
# base: solution
def evaluate_main(model, loader, metric):
    model.eval()
    values = []
    for *inputs, y in loader:
        main, _ = model(*inputs)
        values.append(float(metric(main, y)))
    return sum(values) / len(values)
