# fails: alone — "make a plain dict"
# base: solution
def summary(url: str, name: str) -> list[dict[str, Any]]:
    study = optuna.load_study(study_name=name, storage=url)
    return study.trials
