"""What a page says is worth trying: it can be done there, and what is said of it is so."""

import numpy as np
import pytest

from engine.checking.slips import SLIPS, outcome
from engine.experiment.experiment import KNOBS
from engine.inspection.calories import CALORIES
from engine.inspection.one_step.start import begin
from engine.inspection.one_step.step import take_step
from engine.nn.activations import ACTIVATIONS
from engine.training.run import run
from engine.training.sweep import sweep
from engine.training.trainer import Trainer
from pages._kit.matrices.wire import SATURATED
from pages._neuron.broadcast import operand
from pages._pages.registry import LENSES
from tests.pages.screen import address, sound

FIRST = {
    "neuron": "Trained",
    "optimisers": "One step in numbers",
    "xor": "Step by step",
    "vanishing": "Thought experiment",
}
"""Where a page begins, which is not said in its link."""

TRIES = [
    pytest.param(lens, each, id=f"{lens.path}-{each.label}")
    for lens in LENSES.values()
    for each in lens.tries
]


def tried(page, label):
    """What a page's experiment becomes by trying something."""
    lens = LENSES[page]
    (found,) = [each for each in lens.tries if each.label == label]
    return lens.first.but(**found.knobs)


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_there_are_a_few_things_to_try(lens):
    assert len(lens.tries) in (0, 3, 4, 5)
    assert all(each.knobs or each.part or each.page_knobs for each in lens.tries)
    assert all(name.partition(".")[0] in lens.knobs for name in lens.hot)
    assert len(lens.hot) in (0, 2, 3, 4)


@pytest.mark.parametrize(("lens", "each"), TRIES)
def test_what_is_to_be_tried_is_what_the_page_offers(visit, lens, each):
    experiment = lens.first.but(**each.knobs)
    assert lens.checked(experiment) == experiment
    assert lens.read(lens.write(experiment)) == (experiment, [])
    assert all(KNOBS[name].matters(experiment) for name in each.knobs)
    at = sound(visit(lens.path, {"panel": each.part}))
    first = FIRST.get(lens.path, "")
    assert each.part in ("", address(at).get("panel", first))


# --- what is said of them -------------------------------------------------------------------------


def test_two_units_can_be_enough_from_a_good_start():
    base = tried("xor", "Two units, 32 seeds")
    right = [r.final("train_accuracy") == 1 for r in sweep([base.but(seed=k) for k in range(32)])]
    assert any(right)
    assert not all(right)


def test_with_the_right_feature_no_hidden_layer_is_needed():
    assert run(tried("xor", "x₁x₂ as an input")).final("train_accuracy") == 1


def test_from_zeros_the_units_stay_copies_of_each_other():
    experiment = tried("xor", "All weights zero")
    end = run(experiment)
    first_layer = end.theta[:6].reshape(3, 2)
    assert np.all(first_layer == first_layer[0])


def test_with_steps_of_thirty_the_cost_jumps():
    jumps = np.diff(run(tried("xor", "α = 30")).history["train_cost"])
    calm = np.diff(run(LENSES["xor"].first).history["train_cost"])
    assert jumps.max() > 0.1
    assert calm.max() < 0.01


def test_more_data_leave_less_noise_to_learn_by_heart():
    few, many = LENSES["regularisation"].first, tried("regularisation", "More data instead")
    gaps = []
    for experiment in (few, many):
        end = run(experiment.but(l1=0, l2=0, keep_prob=1, patience=0))
        gaps.append(end.final("train_accuracy") - end.final("dev_accuracy"))
    assert gaps[1] < gaps[0]


def test_a_penalty_of_three_is_so_strong_that_the_network_cannot_learn():
    strong = tried("regularisation", "λ = 3").but(l1=0, keep_prob=1, patience=0)
    assert run(strong).final("train_accuracy") < run(strong.but(l2=0)).final("train_accuracy") - 0.1


def test_with_steps_of_three_a_single_sample_goes_astray_and_the_whole_set_does_not():
    base = tried("batches", "α = 3")
    alone, together = (run(base.but(batch_size=size)).final("train_cost") for size in (1, 0))
    assert together < 0.2
    assert alone > 3 * together


def gradients(experiment):
    """The RMS of each layer's dW at the start."""
    trainer = Trainer(experiment)
    network, train = trainer.network, trainer.problem.train
    gradient = network.gradient(trainer.theta.astype(float), train.X.astype(float), train.Y)
    return np.array([np.sqrt(np.mean(dW**2)) for dW, _ in network.layout.layers(gradient)])


def test_he_keeps_all_gradients_about_as_large_and_too_large_a_scale_explodes_them_all():
    he = gradients(LENSES["vanishing"].first)
    assert he.max() / he.min() < 20
    assert (gradients(tried("vanishing", "Weights too large")) > 1e6 * he).all()


def test_with_sigmoid_and_small_weights_next_to_nothing_arrives_at_the_first_layer():
    small = gradients(tried("vanishing", "Sigmoid and small weights"))
    assert small[0] < 1e-20 * small[-1]


def digits_read(label):
    end = run(tried("mnist", label))
    return {split: end.final(f"{split}_accuracy") for split in ("train", "test")}


def test_from_zeros_every_digit_is_read_as_the_same_one():
    end = run(tried("mnist", "All weights zero"))
    trainer = Trainer(end.experiment)
    predicted = trainer.network.predict(end.theta, trainer.problem.test.X[:, :1000])
    assert len(set(predicted.argmax(axis=0))) == 1


def test_three_hundred_digits_are_learned_and_others_read_worse():
    share = digits_read("300 digits")
    assert share["train"] == 1
    assert share["test"] < 0.9


def test_ten_neurons_each_by_itself_come_further_than_chance():
    assert 0.85 < digits_read("No hidden layer")["test"] < 0.95


def step(label):
    experiment = tried("one_step", label)
    return take_step(*begin(experiment), experiment.learning_rate)


def test_a_unit_with_large_weights_saturates_where_the_page_opens():
    slope = step("A unit that saturates").matrices["g1"][0, 3]
    assert slope < SATURATED * ACTIVATIONS["sigmoid"].steepest


def test_a_step_of_a_hundred_rises_where_the_slope_promises_a_fall():
    matrices = step("α = 100").matrices
    assert matrices["predicted"][0, 0] < 0 < matrices["fall"][0, 0]


def test_softmax_has_a_block_of_slopes_for_each_sample():
    softmax = step("Softmax, three classes")
    n, m = 3, softmax.m
    assert softmax.matrices["g2"].shape == (n * m, n)
    difference = softmax.matrices["A2"] - softmax.matrices["Y"]
    np.testing.assert_allclose(softmax.matrices["dZ2"], difference, atol=1e-14)


def test_a_bias_s_slope_that_is_not_summed_does_not_fit():
    found = outcome(SLIPS["summed"], step("A slip of the notes"))
    assert found.shapes == ((3, 4), (3, 1))


@pytest.mark.parametrize("each", LENSES["one_step"].tries, ids=lambda each: each.label)
def test_a_step_opens_at_a_cell_that_there_is(each):
    key, row, column = each.kept["open"]
    rows, columns = step(each.label).matrices[key].shape
    assert row < rows
    assert column < columns


def test_two_lists_of_sums_give_a_square():
    (trap,) = [each for each in LENSES["neuron"].tries if each.label == "The trap of (n,)"]
    divided, divisor = (operand(CALORIES, trap.page_knobs[name]) for name in ("of", "by"))
    assert divided.size == divisor.size
    assert (divided / divisor).shape == (divided.size, divided.size)


def test_a_single_neuron_does_not_learn_xor():
    assert run(tried("neuron", "XOR")).final("train_accuracy") < 1
