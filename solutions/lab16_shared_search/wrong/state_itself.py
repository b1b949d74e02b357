# fails: alone — "trial.state.name"
# base: solution
def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name=name, storage=url)
    return [
        {"number": trial.number, "state": trial.state, "params": trial.params, "value": trial.value}
        for trial in study.trials
    ]
