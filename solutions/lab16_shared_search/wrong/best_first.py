# fails: alone — "the number of trial"
# base: solution
def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name=name, storage=url)
    return [
        {"number": trial.number, "state": trial.state.name, "params": trial.params, "value": trial.value}
        for trial in sorted(study.trials, key=lambda trial: -trial.value)
    ]
