"""Trajectory replay: right loops agree to the last digit, and every bad habit leads far away from where they lead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from grader.checks.inputs import Inputs
from grader.checks.training_loops import (
    ALL_BUT_LAST,
    ATOL,
    BAD_HABITS,
    EVAL_MODE,
    NEW_OPTIMIZER,
    RTOL,
    Habits,
    LossOf,
    Setup,
    Trajectory,
    batches_of,
    by_name,
    by_position,
    epoch_means,
    initial_state,
    run,
    with_auxiliary,
)
from grader.sandbox import apparatus

DEEP = (("Linear", 4, 6), ("BatchNorm1d", 6), ("ReLU",), ("Linear", 6, 3))
LINEAR = (("Linear", 3, 2),)
JUDGEMENTS = {
    "judged in train mode": Habits(judged="in train mode"),
    "learns from validation": Habits(judged="and learned from"),
    "train() only once": Habits(mode="once"),
}
WITHOUT_EFFECT_ON_A_LINEAR_MODEL = {EVAL_MODE, NEW_OPTIMIZER}
"""Plain SGD has no momentum to lose, and no mode means anything to a Linear."""


def deep(seed: int, *, valid: bool = False) -> Setup:
    """What ex07 and ex11 train on: BatchNorm, momentum, an uneven last batch."""
    inputs = Inputs(seed)
    state = initial_state(inputs, DEEP)
    judges = tuple((2 * x + 1, y) for x, y in batches_of(inputs, (6, 5, 3), 4, 3)) if valid else ()
    options = {"lr": 0.05, "momentum": 0.9}
    return Setup(DEEP, state, "SGD", options, "MSELoss", batches_of(inputs, (4, 5, 3, 2), 4, 3), 3, valid=judges)


def linear(seed: int) -> Setup:
    """ex07's public setup."""
    inputs = Inputs(seed)
    state = initial_state(inputs, LINEAR)
    return Setup(LINEAR, state, "SGD", {"lr": 0.1}, "MSELoss", batches_of(inputs, (4, 5, 3, 2), 3, 2), 3)


def distance(one: Trajectory, other: Trajectory) -> float:
    """How far two final states are apart, in units of what the comparison tolerates; the largest over all numbers."""
    return max(
        float((np.abs(other.state[name] - value) / (ATOL + RTOL * np.abs(value))).max())
        for name, value in one.state.items()
    )


def followed(setup: Setup, habits: Habits | None = None) -> Trajectory:
    found = run(setup, habits)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sentence", BAD_HABITS)
def test_a_bad_habit_leads_far_from_where_good_ones_lead(sentence: str, seed: int) -> None:
    setup = deep(seed)
    found = run(setup, BAD_HABITS[sentence])
    assert found is None or distance(followed(setup), found) > 20


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sentence", [s for s in BAD_HABITS if s not in WITHOUT_EFFECT_ON_A_LINEAR_MODEL])
def test_a_bad_habit_shows_on_a_linear_model_too(sentence: str, seed: int) -> None:
    setup = linear(seed)
    assert distance(followed(setup), followed(setup, BAD_HABITS[sentence])) > 20


@pytest.mark.parametrize("sentence", sorted(WITHOUT_EFFECT_ON_A_LINEAR_MODEL))
def test_what_changes_nothing_in_a_setup_is_no_mistake_there(sentence: str) -> None:
    assert distance(followed(linear(1)), followed(linear(1), BAD_HABITS[sentence])) == 0


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("habits", JUDGEMENTS.values(), ids=JUDGEMENTS.keys())
def test_how_the_model_is_judged_shows_where_it_must_not(habits: Habits, seed: int) -> None:
    setup = deep(seed, valid=True)
    assert distance(followed(setup), followed(setup, habits)) > 20


def test_a_right_loop_repeats_itself_exactly() -> None:
    anew = replace(deep(1), loss_of=lambda model, criterion, batch: by_position(model, criterion, batch))
    assert followed(deep(1)) is not followed(anew), "another function is another setup, so this one is trained, too"
    assert distance(followed(deep(1)), followed(anew)) == 0


def test_judging_in_eval_mode_changes_no_step_of_the_way() -> None:
    judged, unjudged = followed(deep(1, valid=True)), followed(replace(deep(1, valid=True), valid=()))
    assert distance(judged, unjudged) == 0
    assert [len(epoch) for epoch in judged.valid] == [3, 3, 3]
    assert unjudged.valid == []


def test_a_loop_that_torch_refuses_leads_nowhere() -> None:
    assert run(deep(1), Habits(first="step")) is None


def test_the_mean_loss_of_an_epoch_is_over_batches_or_over_samples() -> None:
    batches = [(np.zeros((3, 1)), np.zeros((3, 1))), (np.zeros((1, 1)), np.zeros((1, 1)))]
    assert epoch_means([[1.0, 5.0]], batches) == ([3.0], [2.0])
    assert epoch_means(followed(deep(1), BAD_HABITS[ALL_BUT_LAST]).losses, deep(1).batches)[0]


def test_an_initial_state_is_random_where_it_is_learned_and_as_torch_has_it_elsewhere() -> None:
    one, other = initial_state(Inputs(1), DEEP), initial_state(Inputs(2), DEEP)
    assert {name: value.shape for name, value in one.items()} == {
        "0.weight": (6, 4), "0.bias": (6,), "1.weight": (6,), "1.bias": (6,), "1.running_mean": (6,),
        "1.running_var": (6,), "1.num_batches_tracked": (), "3.weight": (3, 6), "3.bias": (3,),
    }  # fmt: skip
    assert not np.allclose(one["0.weight"], other["0.weight"])
    assert (one["1.running_var"] == 1).all()


BRANCHED = {"inputs": [["wide", []], ["deep", [["Linear", 3, 5], ["ReLU"]]]], "output": [["Linear", 7, 1]]}
AUXILIARY = {**BRANCHED, "auxiliary": ["deep", [["Linear", 5, 1]]]}


def of_two_inputs(seed: int, plan: dict[str, object], loss_of: LossOf, *, named: bool = False) -> Setup:
    inputs = Inputs(seed)
    state = initial_state(inputs, plan, builder="branched")
    batches = [(inputs.normal(n, 2), inputs.normal(n, 3), inputs.normal(n, 1)) for n in (4, 5, 2)]
    # In a batch with names their order says nothing.
    items = [({"deep": deep, "wide": wide}, y) for wide, deep, y in batches] if named else batches
    options = {"lr": 0.05}
    return Setup(plan, state, "SGD", options, "MSELoss", tuple(items), 3, builder="branched", loss_of=loss_of)


@pytest.mark.parametrize("seed", range(4))
def test_inputs_by_name_lead_where_inputs_by_position_lead(seed: int) -> None:
    by_places = run(of_two_inputs(seed, BRANCHED, by_position))
    by_names = run(of_two_inputs(seed, BRANCHED, by_name, named=True))
    assert by_places is not None
    assert by_names is not None
    assert distance(by_places, by_names) == 0


def test_a_branched_model_is_called_with_each_of_its_inputs_once() -> None:
    model = apparatus.BUILDERS["branched"](BRANCHED)
    wide, deep = torch.zeros(4, 2), torch.zeros(4, 3)
    assert torch.equal(model(wide, deep), model(deep=deep, wide=wide))
    for wrong in ((wide,), (wide, deep, deep)):
        with pytest.raises(TypeError, match="each once"):
            model(*wrong)
    with pytest.raises(TypeError, match="each once"):
        model(wide, wide=wide)


@pytest.mark.parametrize("seed", range(4))
def test_a_wrong_weight_of_an_auxiliary_loss_leads_elsewhere(seed: int) -> None:
    setup = of_two_inputs(seed, AUXILIARY, with_auxiliary(0.3))
    right = run(setup)
    assert right is not None
    for weight in (0.7, 0.2, 0.0):
        other = run(setup, Habits(loss_of=with_auxiliary(weight)))
        assert other is not None
        assert distance(right, other) > 20


def test_a_replay_is_remembered_by_what_is_in_its_setup_and_by_its_habits() -> None:
    one, same = linear(7), linear(7)
    assert one is not same
    assert run(one) is run(same)
    assert run(one) is not run(one, Habits(zero="never"))
    other = replace(one, batches=(one.batches[1], one.batches[0], *one.batches[2:]))
    assert distance(followed(one), followed(other)) > 0


def test_what_is_remembered_cannot_be_changed() -> None:
    state = followed(linear(8)).state
    with pytest.raises(ValueError, match="read-only"):
        state["0.bias"][:] = 0
