# fails: created — "returned None"
# base: solution
def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name=name, storage=url)
    print([
        {"number": trial.number, "state": trial.state.name, "params": trial.params, "value": trial.value}
        for trial in study.trials
    ])
