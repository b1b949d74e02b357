# every worker says create_study(..., load_if_exists=True), which finds the study there
import optuna


def study_of(url, name, sampler=None):
    return optuna.create_study(
        study_name=name, storage=url, direction="maximize", load_if_exists=True, sampler=sampler
    )


def init_study(url, name):
    study_of(url, name)


def worker(url, name, seed, n_trials, evaluate):
    def objective(trial):
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        n_hidden = trial.suggest_int("n_hidden", 20, 300)
        return evaluate(learning_rate, n_hidden)

    study_of(url, name, optuna.samplers.TPESampler(seed=seed)).optimize(objective, n_trials=n_trials)


def summary(url, name):
    frame = study_of(url, name).get_trials(deepcopy=False)
    return [{"number": t.number, "state": str(t.state.name), "params": dict(t.params), "value": t.value} for t in frame]
