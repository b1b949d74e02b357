# Optuna's journal in the place of a database: a file to which everybody appends
import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend


def storage(url):
    return JournalStorage(JournalFileBackend(url.removeprefix("sqlite:///").partition("?")[0]))


def init_study(url, name):
    optuna.create_study(storage=storage(url), study_name=name, load_if_exists=True, direction="maximize")


def worker(url, name, seed, n_trials, evaluate):
    study = optuna.load_study(study_name=name, storage=storage(url), sampler=optuna.samplers.TPESampler(seed=seed))
    for _ in range(n_trials):
        trial = study.ask()
        lr = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        width = trial.suggest_int("n_hidden", 20, 300)
        study.tell(trial, evaluate(lr, width))


def summary(url, name):
    found = optuna.load_study(study_name=name, storage=storage(url))
    return [dict(number=t.number, state=t.state.name, params=t.params, value=t.value) for t in found.get_trials()]
