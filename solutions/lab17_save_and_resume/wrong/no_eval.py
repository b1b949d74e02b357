# fails: ready_to_use — "Your model is in train mode"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model, optimizer, extra
