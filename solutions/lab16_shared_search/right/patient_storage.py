# a storage with a timeout and a heartbeat of its own; a study that is there already is an exception that is expected
import functools

import optuna


def storage(url):
    return optuna.storages.RDBStorage(
        url.partition("?")[0], engine_kwargs={"connect_args": {"timeout": 100}}, heartbeat_interval=60
    )


def init_study(url, name):
    try:
        optuna.create_study(study_name=name, storage=storage(url), directions=["maximize"])
    except optuna.exceptions.DuplicatedStudyError:
        pass


def objective(trial, evaluate):
    params = dict(
        n_hidden=trial.suggest_int("n_hidden", 20, 300),
        learning_rate=trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True),
    )
    return evaluate(**params)


def worker(url, name, seed, n_trials, evaluate):
    study = optuna.load_study(study_name=name, storage=storage(url))
    study.sampler = optuna.samplers.TPESampler(seed=seed)
    study.optimize(functools.partial(objective, evaluate=evaluate), n_trials=n_trials)
    return len(study.trials)


def summary(url, name):
    study = optuna.load_study(study_name=name, storage=storage(url))
    rows = []
    for trial in sorted(study.trials, key=lambda trial: trial.number):
        rows.append({"number": trial.number, "params": trial.params, "value": trial.values[0], "state": trial.state.name})
    return rows
