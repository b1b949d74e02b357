# one hyperparameter at a time, records kept by a callback
import optuna


def objective(trial, evaluate, n_epochs):
    lr = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
    width = trial.suggest_int("n_hidden", 20, 300)
    accuracies = []
    for epoch in range(n_epochs):
        accuracies += [evaluate(lr, width, epoch)]
        trial.report(accuracies[-1], epoch)
        if not trial.should_prune():
            continue
        raise optuna.TrialPruned()
    return accuracies[-1]


def run_search(evaluate, n_trials, n_epochs, seed, n_startup_trials, n_warmup_steps):
    records = []

    def remember(study, trial):
        records.append(
            {
                "number": trial.number,
                "state": trial.state.name,
                "params": trial.params,
                "value": trial.value,
                "intermediate": trial.intermediate_values,
            }
        )

    study = optuna.create_study(
        storage=optuna.storages.InMemoryStorage(),
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed, multivariate=False),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=n_startup_trials, n_warmup_steps=n_warmup_steps),
    )
    study.optimize(lambda trial: objective(trial, evaluate, n_epochs), n_trials=n_trials, callbacks=[remember])
    return records
