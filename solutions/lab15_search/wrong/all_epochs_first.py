# fails: prunes — "ask should_prune() after each epoch"
# base: solution
def objective(trial: optuna.Trial, evaluate: Evaluate, n_epochs: int) -> float:
    learning_rate = trial.suggest_float("learning_rate", 1e-5, 1e-1, log=True)
    n_hidden = trial.suggest_int("n_hidden", 20, 300)
    accuracies = [evaluate(learning_rate, n_hidden, epoch) for epoch in range(n_epochs)]
    for epoch, accuracy in enumerate(accuracies):
        trial.report(accuracy, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return accuracy
