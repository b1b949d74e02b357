# fails: alone — "not the best one alone"
# base: solution
def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name=name, storage=url)
    return [
        {"number": trial.number, "state": trial.state.name, "params": trial.params, "value": trial.value}
        for trial in (study.best_trials[:1] if study.trials else [])
    ]
