# fails: prunes, prunes_by_the_median — "raise optuna.TrialPruned()"
# base: solution
def objective(trial: optuna.Trial, evaluate: Evaluate, n_epochs: int) -> float:
    learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
    n_hidden = trial.suggest_int("n_hidden", 20, 300)
    for epoch in range(n_epochs):
        accuracy = evaluate(learning_rate, n_hidden, epoch)
        trial.report(accuracy, epoch)
        if trial.should_prune():
            return accuracy
    return accuracy
