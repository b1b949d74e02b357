"""Names of parametrized tests that are the same in every process: tests are shared out among several."""

from __future__ import annotations


def id_of(thing: object) -> str:
    """The thing's repr, but for a set's, whose order follows from hashes that each process salts anew."""
    return f"{{{', '.join(sorted(map(repr, thing)))}}}" if isinstance(thing, set) and thing else repr(thing)
