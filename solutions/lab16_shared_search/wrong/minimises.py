# fails: maximises — "A study minimises unless told"
# base: solution
def init_study(url: str, name: str) -> None:
    optuna.create_study(study_name=name, storage=url, load_if_exists=True)
