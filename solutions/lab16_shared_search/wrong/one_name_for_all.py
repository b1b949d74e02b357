# fails: alone — "each under the name that you are given"
# base: solution
def init_study(url: str, name: str) -> None:
    optuna.create_study(study_name="study", storage=url, direction="maximize", load_if_exists=True)


def worker(url: str, name: str, seed: int, n_trials: int, evaluate: Evaluate) -> None:
    study = optuna.load_study(study_name="study", storage=url, sampler=optuna.samplers.TPESampler(seed=seed))

    def objective(trial: optuna.Trial) -> float:
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        return evaluate(learning_rate, trial.suggest_int("n_hidden", 20, 300))

    study.optimize(objective, n_trials=n_trials)


def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name="study", storage=url)
    return [
        {"number": trial.number, "state": trial.state.name, "params": trial.params, "value": trial.value}
        for trial in study.trials
    ]
