# fails: round_trip, goes_on — "`return` the triple"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    model.load_state_dict(extra.pop("model"))
