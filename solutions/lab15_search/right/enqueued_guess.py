# a guess of its own comes first; what was reported is kept by hand
import optuna


class Objective:
    def __init__(self, evaluate, n_epochs):
        self.evaluate, self.n_epochs = evaluate, n_epochs

    def __call__(self, trial):
        learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
        n_hidden = trial.suggest_int("n_hidden", 20, 300, step=1)
        history = {}
        for epoch in range(self.n_epochs):
            history[epoch] = self.evaluate(learning_rate, n_hidden, epoch)
            trial.report(history[epoch], epoch)
            trial.set_user_attr("history", list(history.values()))
            if trial.should_prune():
                raise optuna.TrialPruned
        return history[self.n_epochs - 1]


def objective(trial, evaluate, n_epochs):
    # A trial that is only asked has no user attributes to set where it is fixed.
    return Objective(evaluate, n_epochs)(trial)


def run_search(evaluate, n_trials, n_epochs, seed, n_startup_trials, n_warmup_steps):
    study = optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.MedianPruner(n_startup_trials, n_warmup_steps=n_warmup_steps),
    )
    # Another guess for each seed: two searches begin with other values.
    study.enqueue_trial({"learning_rate": 1e-2 / (1 + seed % 97), "n_hidden": 20 + seed % 280})
    study.optimize(Objective(evaluate, n_epochs), n_trials=n_trials)
    return [
        {
            "number": trial.number,
            "state": trial.state.name,
            "params": trial.params,
            "value": trial.user_attrs["history"][-1],
            "intermediate": dict(enumerate(trial.user_attrs["history"])),
        }
        for trial in study.trials
    ]
