"""The data that training is graded on: tables, disguises, splits, the stand-in's worlds, and scikit-learn's cache."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import covertype_cache
import ex15
import numpy as np
import pytest

from grader.errors import NotGradable, Unobtainable

pytestmark = pytest.mark.slow

data, cache, stand_in = ex15.module("data"), ex15.module("cache"), ex15.module("stand_in")
rows = ex15.module("table")
AREAS, CLASSES, NUMERIC, SOILS, Table = rows.AREAS, rows.CLASSES, rows.NUMERIC, rows.SOILS, rows.Table
draw_disguise, no_disguise = rows.draw_disguise, rows.no_disguise
REHEARSAL = ex15.chosen(rehearsal=True)


def table(count: int, seed: int = 0) -> Any:
    generator = np.random.default_rng(seed)
    return Table(
        generator.integers(0, 4000, (count, NUMERIC)).astype("int16"),
        generator.integers(0, AREAS, count).astype("uint8"),
        generator.integers(0, SOILS, count).astype("uint8"),
        (1 + np.arange(count) % CLASSES).astype("uint8"),
    )


# --- tables and disguises ---------------------------------------------------------------------------------------------


def test_features_are_ten_numbers_and_two_one_hot_groups() -> None:
    found = table(50)
    X = found.features()
    assert X.shape == (50, 54)
    assert X.dtype == np.float64
    assert (X[:, :10] == found.numeric).all()
    assert (X[:, 10:14].argmax(1) == found.area).all()
    assert (X[:, 14:].argmax(1) == found.soil).all()
    assert (X[:, 10:14].sum(1) == 1).all()
    assert (X[:, 14:].sum(1) == 1).all()
    assert found.labels().dtype == np.int32


def test_a_disguise_keeps_rows_and_kinds_and_shuffles_the_names() -> None:
    plain = table(4_000)
    disguise = draw_disguise(np.random.default_rng(1))
    worn = disguise.apply(plain)
    X, Z = plain.features(), worn.features()
    for group in (slice(10, 14), slice(14, 54)):
        assert sorted(X[:, group].sum(0)) == sorted(Z[:, group].sum(0)), "columns move within their kind"
        assert (Z[:, group].sum(1) == 1).all()
    assert not np.array_equal(X[:, 14:], Z[:, 14:])
    for new, old in enumerate(disguise.numeric):
        assert abs(np.corrcoef(Z[:, new], X[:, old])[0, 1]) > 1 - 1e-9, "numbers are stretched and shifted only"
    assert sorted(np.bincount(worn.target)) == sorted(np.bincount(plain.target))
    together = {(int(old), int(new)) for old, new in zip(plain.target, worn.target, strict=True)}
    assert len(together) == CLASSES, "each class has one new id"


def test_no_disguise_changes_nothing() -> None:
    plain = table(100)
    worn = no_disguise().apply(plain)
    assert np.array_equal(plain.features(), worn.features())
    assert np.array_equal(plain.target, worn.target)


def test_the_split_is_70_10_20_of_every_class_and_no_row_is_twice() -> None:
    whole = table(7_000)
    whole.numeric[:, :2] = np.stack([np.arange(7_000) // 100, np.arange(7_000) % 100], axis=1)  # names each row
    parts = data._split(whole, 5)
    assert [len(part) for part in parts] == [4_900, 700, 1_400]
    names = [tuple(row) for part in parts for row in part.numeric[:, :2].tolist()]
    assert len(set(names)) == 7_000
    for part in parts:
        assert len(set(np.bincount(part.target)[1:])) == 1, "the classes keep their shares"
    other = data._split(whole, 6)
    assert not np.array_equal(parts[2].numeric, other[2].numeric), "another seed, another split"


# --- the stand-in -----------------------------------------------------------------------------------------------------


def test_a_world_follows_from_its_seed_and_looks_like_covertype() -> None:
    one, same, other = (stand_in.world(seed, stand_in.REHEARSAL) for seed in (1, 1, 2))
    assert np.array_equal(one.features(), same.features())
    assert not np.array_equal(one.features(), other.features())
    shares = np.bincount(one.target, minlength=8)[1:] / len(one)
    assert shares == pytest.approx(np.array(stand_in._FREQUENCIES), abs=0.02)
    assert 2_800 < one.numeric[:, 0].mean() < 3_100, "an elevation in metres"
    assert (one.features()[:, 14:].sum(0) == 0).any(), "a soil that never occurs has a column of zeros"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_guessing_a_line_and_an_mlp_are_far_apart(seed: int) -> None:
    attempt = data.prepare(REHEARSAL, seed)
    assert attempt.anchors is not None
    found = attempt.anchors()
    guessing = np.bincount(attempt.test.target).max() / len(attempt.test)
    assert guessing + 0.15 < found.linear < found.mlp - 0.04
    assert found.linear_recall < found.mlp_recall
    assert found.relative(found.linear) == pytest.approx(0)
    assert found.relative(found.mlp) == pytest.approx(1)


def test_the_stand_in_says_that_it_is_one_and_why() -> None:
    attempt = data.prepare(REHEARSAL, 1)
    assert not attempt.real
    assert "covlike, a generated stand-in" in attempt.note
    assert "says nothing about CoverType" in attempt.note
    assert (np.diff(attempt.train.target.astype(int)) >= 0).all(), "train rows come sorted by class"
    assert (np.diff(attempt.valid.target.astype(int)) < 0).any()


def test_another_seed_is_another_disguise_of_another_world() -> None:
    one, other = (data.prepare(REHEARSAL, seed) for seed in (1, 2))
    assert not np.array_equal(one.test.features(), other.test.features())
    again = data.prepare(REHEARSAL, 1)
    assert np.array_equal(one.test.features(), again.test.features()), "a grading can be replayed"
    assert np.array_equal(one.train.target, again.train.target)


def test_a_checkpoint_from_elsewhere_is_not_graded_on_a_stand_in(tmp_path: Path) -> None:
    with pytest.raises(NotGradable, match="graded on CoverType itself"):
        data.prepare(ex15.chosen(data="stand-in", checkpoint=tmp_path / "a.pt"), 1)


# --- scikit-learn's cache ---------------------------------------------------------------------------------------------


def refuses(data_home: object, watch: object) -> None:
    raise OSError("<urlopen error [Errno -2] Name or service not known>")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_download", refuses)


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of the whole CoverType."""
    if not covertype_cache.ARRAYS.is_file():
        pytest.skip(covertype_cache.MISSING)
    return covertype_cache.fill(tmp_path_factory.mktemp("scikit_learn_data"))


@pytest.fixture
def damaged(tmp_path: Path, real_home: Path) -> Callable[[str], Path]:
    """A copy of the cache, damaged in some way."""

    def make(how: str) -> Path:
        home = tmp_path / "home"
        shutil.copytree(real_home, home)
        samples = home / "covertype" / "samples_py3"
        match how:
            case "cut off":
                samples.write_bytes(samples.read_bytes()[:100_000])
            case "half of it missing":
                (home / "covertype" / "targets_py3").unlink()
            case "not a cache":
                samples.write_bytes(b"<html>Sign in to the library's network</html>")
        return home

    return make


def test_where_nothing_is_nothing_is_said_to_be_damaged(tmp_path: Path) -> None:
    stock = cache.look(tmp_path)
    assert (stock.present, stock.problem) == (False, "")


@pytest.mark.usefixtures("offline")
def test_without_cache_and_network_the_stand_in_steps_in_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(Unobtainable, match=r"it is not cached, and fetching it failed \(.*not known"):
        cache.rows(tmp_path)
    attempt = data.prepare(ex15.chosen(data_home=tmp_path), 1)
    assert "since it is not cached, and fetching it failed" in attempt.note
    assert [len(part) for part in (attempt.train, attempt.valid, attempt.test)] == [40_000, 4_000, 8_000]
    with pytest.raises(NotGradable, match=r"CoverType cannot be had: .*grade data"):
        data.prepare(ex15.chosen(data="real", data_home=tmp_path), 1)


def test_the_whole_covertype_is_recognised_and_split(real_home: Path) -> None:
    stock = cache.look(real_home)
    assert (stock.present, stock.problem) == (True, "")
    attempt = data.prepare(ex15.chosen(data_home=real_home), 3)
    assert attempt.real
    assert attempt.note == ""
    assert [len(part) for part in (attempt.train, attempt.valid, attempt.test)] == [406_707, 58_101, 116_204]
    assert sorted(np.bincount(attempt.test.target)[1:]) == pytest.approx(sorted(0.2 * np.array(cache.PER_CLASS)), 0.01)


def test_rows_that_are_being_read_already_are_read_once(real_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    read = cache._read.__wrapped__
    counted = functools.lru_cache(maxsize=1)(lambda home, stamp: reads.append(home) or read(home, stamp))
    monkeypatch.setattr(cache, "_read", counted)
    data.begin(ex15.chosen(data_home=real_home))
    found, note = cache.rows(real_home)
    assert (len(found), note, reads) == (581_012, "", [str(real_home)])


def test_a_few_rows_are_not_covertype(tmp_path: Path) -> None:
    if not covertype_cache.ARRAYS.is_file():
        pytest.skip(covertype_cache.MISSING)
    stock = cache.look(covertype_cache.fill(tmp_path, rows=5_000))
    assert stock.problem == "its shape is (5000, 54), not (581012, 54)"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("cut off", "cannot be read"),
        ("half of it missing", "targets_py3 is missing"),
        ("not a cache", "cannot be read"),
    ],
)
def test_a_damaged_cache_is_noticed_and_fetched_again(
    damaged: Callable[[str], Path], real_home: Path, monkeypatch: pytest.MonkeyPatch, how: str, words: str
) -> None:
    home = damaged(how)
    assert words in cache.look(home).problem

    def fetch(data_home: Path, watch: object) -> None:
        shutil.copytree(real_home, home, dirs_exist_ok=True)

    monkeypatch.setattr(cache, "_download", fetch)
    found, note = cache.rows(home)
    assert len(found) == 581_012
    assert "was damaged" in note
    assert words in note
    assert cache.look(home).problem == ""


@pytest.mark.usefixtures("offline")
def test_a_damaged_cache_that_cannot_be_fetched_again_is_said_to_be_damaged(damaged: Callable[[str], Path]) -> None:
    with pytest.raises(Unobtainable, match=r"the cached one was damaged \(.*\) and fetching it failed"):
        cache.rows(damaged("cut off"))


def test_one_changed_value_is_noticed() -> None:
    found = table(100)
    before = cache.digest(found)
    found.numeric[50, 3] += 1
    assert cache.digest(found) != before


def test_a_download_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[float] = []
    folder = tmp_path / "covertype"
    (folder / "tmp").mkdir(parents=True)
    with cache._watched(folder, told.append):
        (folder / "tmp" / "covtype.data.gz").write_bytes(b"0" * (cache._ARCHIVE_BYTES // 2))
        while not told:
            pass
    assert told[-1] == pytest.approx(0.5, abs=0.01)


def test_a_smaller_budget_may_be_asked_for_and_is_said() -> None:
    attempt = ex15.module("data").prepare(ex15.chosen(rehearsal=True, budget=7.5), 1)
    assert attempt.budget_s == 7.5
    assert "fit had 7.5 s, as --budget says, instead of 120 s." in attempt.note


def test_a_larger_budget_than_the_statements_changes_nothing() -> None:
    given = ex15.module("data").prepare(REHEARSAL, 1)
    attempt = ex15.module("data").prepare(ex15.chosen(rehearsal=True, budget=900.0), 1)
    assert (attempt.budget_s, attempt.note) == (given.budget_s, given.note)
