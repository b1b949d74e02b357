"""What Gradescope says of a class that was downloaded from it: `submission_metadata.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.sandbox.facts import HandedIn, Metadata, Submitter, Unusable
from grader.sandbox.inside.reader import budget

PEOPLE_CAP: Final = 40_000
"""Whatever the file's aliases make of it."""
_TEXT_CAP: Final = 200


def read_metadata(data: bytes) -> Metadata | Unusable:
    """Folder → who handed it in, of what is of Gradescope's form."""
    try:
        with budget.ours():
            import yaml
    except ModuleNotFoundError:
        return Unusable("cannot be read without the package pyyaml, which `pip install pyyaml` brings")
    try:
        # Every scalar a string, no tag of Ruby's or Python's obeyed.
        said = yaml.load(data, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError) as error:
        return Unusable(f"is not YAML that can be read ({type(error).__name__})")
    folders, told = {}, 0
    for key, entry in said.items() if isinstance(said, dict) else ():
        submitters = entry.get(":submitters") if isinstance(entry, dict) else None
        listed = submitters if isinstance(submitters, list) else []
        people = [_submitter(person) for person in listed if isinstance(person, dict)]
        if (told := told + len(people)) > PEOPLE_CAP:
            return Unusable("names far too many people")
        if people and isinstance(key, str):
            folders[key] = HandedIn(people, _text(entry, ":created_at"))
    return Metadata(folders)


def _submitter(person: Mapping[str, object]) -> Submitter:
    return Submitter(_text(person, ":name"), _text(person, ":sid"), _text(person, ":email"))


def _text(said: Mapping[str, object], key: str) -> str:
    """The text of a field; anything else is none."""
    value = said.get(key)
    return value[:_TEXT_CAP] if isinstance(value, str) else ""
