# fails: runs_no_code — "Loading ran code from the file"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=False)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra
