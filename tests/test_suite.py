"""The suite itself: what must run in one process does."""

from __future__ import annotations

import conftest
import pytest
from conftest import group_of

from grader.sandbox.limits import LEVELS, NO_NAMESPACES


@pytest.mark.xdist_group("together")
def test_whoever_shares_out_the_tests_knows_their_groups(request: pytest.FixtureRequest) -> None:
    """pytest and pytest-xdist must fit together: where they do not, groups are overlooked without a word."""
    if not hasattr(request.config, "workerinput"):
        pytest.skip("all tests run in this process")
    assert request.node.nodeid.endswith("@together")


@pytest.mark.parametrize("level", LEVELS)
def test_all_that_is_graded_at_level_no_namespaces_is_one_group_where_its_workers_share_a_uid(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    monkeypatch.setattr(conftest, "UIDS_APART", False)
    assert group_of(request.node) == (NO_NAMESPACES if level == NO_NAMESPACES else "")
    monkeypatch.setattr(conftest, "UIDS_APART", True)
    assert group_of(request.node) == ""
