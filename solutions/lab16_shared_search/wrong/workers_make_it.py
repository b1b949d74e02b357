# fails: created — "Create the study once"
# base: solution
def init_study(url: str, name: str) -> None:
    print("every worker makes the study if it is not there", url, name)


def worker(url: str, name: str, seed: int, n_trials: int, evaluate: Evaluate) -> None:
    study = optuna.create_study(
        study_name=name,
        storage=url,
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        load_if_exists=True,
    )

    def objective(trial: optuna.Trial) -> float:
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        return evaluate(learning_rate, trial.suggest_int("n_hidden", 20, 300))

    study.optimize(objective, n_trials=n_trials)
