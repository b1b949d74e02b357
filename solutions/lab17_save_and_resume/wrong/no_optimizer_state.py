# fails: same_as_uninterrupted — "Adam started without its state"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    return model.eval(), make_optimizer(model.parameters()), extra
