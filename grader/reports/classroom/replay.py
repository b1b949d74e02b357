"""What a verdict that was reached once more has in common with the first."""

from __future__ import annotations

from grader.results import Report
from grader.text import clean


def differences(first: Report, second: Report) -> list[str]:
    """Sentences about checks that ended otherwise, then about what may be why; empty if every check ended the same."""
    before = {result.id: result for result in first.checks}
    after = {result.id: result for result in second.checks}
    found = []
    for id_ in dict.fromkeys((*before, *after)):
        if id_ not in after:
            found.append(f"{id_} is not asked any more.")
        elif id_ not in before:
            found.append(f"{id_} was not asked then.")
        elif (before[id_].status, before[id_].earned) != (after[id_].status, after[id_].earned):
            found.append(
                f"{id_} was {before[id_].status} with {before[id_].earned:g} points, and is {after[id_].status} with "
                f"{after[id_].earned:g}."
            )
        elif before[id_].message != after[id_].message:
            found.append(f"{id_} is {after[id_].status} as before, but it said: {clean(before[id_].message)}")
    if found:
        found += [
            f"{name} was {first.versions.get(name, 'unknown')}, and is {second.versions.get(name, 'unknown')}."
            for name in dict.fromkeys((*first.versions, *second.versions))
            if first.versions.get(name) != second.versions.get(name)
        ]
        if first.device != second.device:
            found.append(f"The device was {first.device}, and is {second.device}.")
    return found
