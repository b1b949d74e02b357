# fails: recorded_in_eval_mode — "values are wrong"
# base: solution
def trace_it(model, example):
    model.eval()
    for module in model.modules():
        if isinstance(module, nn.Linear):
            module.weight.data.mul_(0.5)
    return torch.jit.trace(model, example)
