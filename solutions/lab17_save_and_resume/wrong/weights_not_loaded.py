# fails: round_trip, goes_on — "The weights in your model are not the saved ones"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(**extra["hyperparameters"])
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra
