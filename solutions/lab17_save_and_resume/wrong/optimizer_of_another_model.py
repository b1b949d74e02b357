# fails: goes_on — "The model did not change"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(make_model(**extra["hyperparameters"]).parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra
