# asks which studies there are; tries again where the database is locked
import time

import optuna
from sqlalchemy.exc import OperationalError


def patiently(function, *arguments, **options):
    for pause in (0.1, 0.2, 0.4, 0.8, 1.6, 3.2):
        try:
            return function(*arguments, **options)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(pause)
    return function(*arguments, **options)


def init_study(url, name):
    if name not in patiently(optuna.study.get_all_study_names, storage=url):
        patiently(optuna.create_study, storage=url, study_name=name, direction="maximize")


def worker(url, name, seed, n_trials, evaluate):
    sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True)
    study = patiently(optuna.load_study, storage=url, study_name=name, sampler=sampler)
    study.optimize(
        lambda trial: evaluate(
            n_hidden=trial.suggest_int("n_hidden", 20, 300),
            learning_rate=trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True),
        ),
        n_trials=n_trials,
        catch=(),
    )


def summary(url, name):
    [found] = [s for s in optuna.get_all_study_summaries(storage=url) if s.study_name == name]
    trials = optuna.load_study(storage=url, study_name=found.study_name).trials
    return tuple(
        {"number": i, "state": trial.state.name, "params": trial.params, "value": trial.value, "start": str(trial.datetime_start)}
        for i, trial in enumerate(trials)
    )
