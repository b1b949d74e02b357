# fails: any_architecture, same_as_uninterrupted, ready_to_use — "RuntimeError"
# base: solution
def load(path, make_model, make_optimizer):
    extra = torch.load(path, weights_only=True)
    model = make_model(n_inputs=4, n_hidden=[6, 3], n_outputs=2, activation="Tanh", norm=False)
    model.load_state_dict(extra.pop("model"))
    optimizer = make_optimizer(model.parameters())
    optimizer.load_state_dict(extra.pop("optimizer"))
    return model.eval(), optimizer, extra
