# the loop that study.optimize hides, written out
import optuna
from optuna.trial import TrialState


def objective(trial, evaluate, n_epochs):
    rate, neurons = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True), trial.suggest_int("n_hidden", 20, 300)
    value = None
    for step in range(n_epochs):
        if trial.should_prune():
            raise optuna.exceptions.TrialPruned(f"before epoch {step}")
        value = evaluate(rate, neurons, step)
        trial.report(value, step)
    if trial.should_prune():
        raise optuna.exceptions.TrialPruned
    return value


def run_search(evaluate, n_trials, n_epochs, seed, n_startup_trials, n_warmup_steps):
    sampler, pruner = optuna.samplers.TPESampler(seed=seed), optuna.pruners.MedianPruner(n_startup_trials, n_warmup_steps)
    study = optuna.create_study(sampler=sampler, pruner=pruner, direction=optuna.study.StudyDirection.MAXIMIZE)
    for _ in range(n_trials):
        trial = study.ask()
        try:
            study.tell(trial, objective(trial, evaluate, n_epochs))
        except optuna.TrialPruned:
            study.tell(trial, state=TrialState.PRUNED)
    return tuple(
        dict(
            number=t.number,
            state="PRUNED" if t.state is TrialState.PRUNED else "COMPLETE",
            params=dict(t.params),
            value=None if t.state is TrialState.PRUNED else t.value,
            intermediate=dict(t.intermediate_values),
        )
        for t in study.get_trials()
    )
