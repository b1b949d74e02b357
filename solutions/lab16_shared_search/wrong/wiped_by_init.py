# fails: made_twice — "leave a study that exists"
# base: solution
def init_study(url: str, name: str) -> None:
    if name in optuna.get_all_study_names(url):
        optuna.delete_study(study_name=name, storage=url)
    optuna.create_study(study_name=name, storage=url, direction="maximize")
