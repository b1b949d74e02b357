# fails: made_twice — "load_if_exists=True"
# base: solution
def init_study(url: str, name: str) -> None:
    optuna.create_study(study_name=name, storage=url, direction="maximize")
