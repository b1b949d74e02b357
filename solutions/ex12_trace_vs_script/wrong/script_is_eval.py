# fails: scripted — "That is not TorchScript"
# base: solution
def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return model.eval()
