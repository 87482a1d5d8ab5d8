"""The page of batch sizes: who is ahead by which count, and what one chooses below the picture."""

import json
import re

import pytest

from engine.experiment.experiment import KNOBS
from engine.training.run import run
from pages._batches import rates, sizes
from pages._batches.in_order import ORDERS
from pages._batches.lens import BATCHES
from tests.pages.screen import ROW, address, open_part, parts, press, sound, widget

QUICK = {"epochs": "5", "samples": "100"}
SIZES, WAY = "Batch sizes B", "Learning rate"


def shown(at, which=0):
    """The header of what a line-up was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    sent = [proto.bytes for proto in told if proto.component_name == "neural_network_lineup"]
    return json.loads(sent[which][4 : 4 + int.from_bytes(sent[which][:4], "little")])


def names(at, which=0):
    return [entry["name"] for entry in shown(at, which)["entries"]]


def told(at, clock):
    return next(known["told"] for known in shown(at)["clocks"] if known["name"] == clock)


def captions(at):
    return " ".join(caption.value for caption in at.main.caption)


def chosen(at, label, option):
    return sound(widget(at, label).set_value(option).run())


def test_the_page_opens_with_three_sizes_and_the_count_changes_who_is_ahead(visit):
    at = sound(visit("batches"))
    assert names(at) == ["B = 1, stochastic", "B = 16, mini-batch", "B = m = 200, full batch"]
    assert told(at, "updates").startswith("B = m is ahead. A cost of 0.457 takes 30 updates with B")
    assert told(at, "epochs").startswith("B = 1 is ahead after 30 epochs. Cost: 0.00575 for B = 1,")
    assert told(at, "samples").startswith("B = 1 is ahead after 6,000 samples. Cost: 0.00575 for B")
    # Which it is by this server's clock is measured, and so not known here.
    found = re.fullmatch(
        r"B = \w+ is ahead. A cost of 0.457 takes [\d.]+ ms with B = \w+, [\d.]+ ms with B = \w+ "
        r"and [\d.]+ ms with B = \w+.",
        told(at, "seconds"),
    )
    assert found
    assert shown(at)["clock"] == "updates"
    verdicts = [
        entry["verdict"].replace("\N{NO-BREAK SPACE}", " ") for entry in shown(at)["entries"]
    ]
    assert verdicts == [
        "200 updates an epoch, α = 0.5.",
        "13 updates an epoch, α = 0.5.",
        "1 update an epoch, α = 0.5.",
    ]


def test_what_the_picture_shows_are_runs_that_anybody_can_repeat(visit):
    at = visit("batches", QUICK)
    base = BATCHES.defaults.but(epochs=5, samples=100)
    runs = at.session_state["frame.history"].entries
    expected = [run(each) for each in sizes.experiments(base, ("1", "16", "0"))]
    assert {entry.outcome.experiment for entry in runs} == {each.experiment for each in expected}
    finals = {entry.outcome.experiment: entry.outcome.finals["train_cost"] for entry in runs}
    for each in expected:
        assert finals[each.experiment] == each.final("train_cost")


def test_sizes_travel_in_the_link_and_those_of_m_and_more_are_one(visit):
    at = chosen(visit("batches", QUICK), SIZES, ["4", "64", "128", "0"])
    assert address(at)["sizes"] == "4.64.128.0"
    assert names(at) == ["B = 4, mini-batch", "B = 64, mini-batch", "B = m = 80, full batch"]
    assert names(visit("batches", address(at))) == names(at)


def test_the_clock_of_a_link_is_shown_and_kept(visit):
    at = visit("batches", QUICK | {"clock": "seconds"})
    assert shown(at)["clock"] == "seconds"
    assert address(at)["clock"] == "seconds"


def test_each_its_own_learning_rate_is_that_of_the_sweep(visit):
    at = visit("batches", QUICK | {"alpha": rates.BEST})
    found = {
        entry["name"]: float(re.search(r"α\s=\s([\d.]+)\.", entry["verdict"])[1])
        for entry in shown(at)["entries"]
    }
    base = BATCHES.defaults.but(epochs=5, samples=100)
    for experiment, name in zip(sizes.experiments(base, ("1", "16", "0")), found, strict=True):
        costs = {
            rate: run(experiment.but(learning_rate=rate)).final("train_cost")
            for rate in rates.RATES
        }
        finite = {rate: cost for rate, cost in costs.items() if cost == cost}
        assert found[name] == min(finite, key=finite.get)
    assert len(set(found.values())) > 1
    assert "the knob α changes nothing now" in captions(at)
    open_part(at, "Which size?", "α for each size")
    assert "Each size's best α of" in captions(at)


@pytest.mark.parametrize(
    "query",
    [
        {"dataset": "mnist", "samples": "100", "epochs": "1", "hidden": "8"},
        {"hidden": "none", "optimizer": "adam", "epochs": "1", "sizes": "0"},
        {"learning_rate": "30", "optimizer": "momentum", "sizes": "1.4.16.64.128.0"},
        {"learning_rate": "30", "decay": "inverse_time", "dataset": "spirals", "alpha": "best"},
        {"samples": "4", "shuffle": "sorted"},
    ],
    ids=str,
)
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_every_part_is_shown_whatever_is_chosen(visit_alone, query):
    at = sound(visit_alone("batches", QUICK | query))
    assert [*parts(at)][-1] == "For teachers"


def test_the_bowl_is_smooth_wandering_and_noisy(visit_alone):
    at = visit_alone("batches", QUICK | {"panel": "On the bowl"})
    left = [float(found) for found in re.findall(r"in the last epoch ([\d.]+) %", captions(at))]
    updates = re.findall(r"([\d,]+) updates with", captions(at))
    assert updates == ["1,200", "78", "6"]
    assert left[0] > 3 * left[1]


def test_the_noise_is_told_against_the_gradient(visit_alone):
    at = visit_alone("batches", QUICK | {"panel": "Noise of the gradient"})
    assert "measured over up to 32 mini-batches each" in captions(at)
    first = captions(at)
    at = chosen(at, "Measured", "end")
    assert captions(at) != first
    assert address(at)["noise_at"] == "end"


def test_the_fewer_samples_a_step_sees_the_longer_is_its_way(visit_alone):
    at = visit_alone("batches", {"panel": "In the network's loss"})
    found = re.findall(r"(\d+\.\d) \([ABC]: B = (\w+)\)", captions(at))
    assert [size for _, size in found] == ["1", "16", "m"]
    lengths = [float(length) for length, _ in found]
    assert lengths == sorted(lengths, reverse=True)
    assert re.search(r"The plane holds \d\d\.\d % of what the weights have moved", captions(at))


def test_five_million_samples_in_batches_of_a_thousand_are_five_thousand_updates(visit_alone):
    at = visit_alone("batches", QUICK | {"panel": "Cutting m into batches"})
    assert "an epoch has 5,000 updates, each of a full mini-batch" in captions(at)
    at = visit_alone("batches", QUICK | {"panel": "Cutting m into batches", "b": "999"})
    assert "an epoch has 5,006 updates, the last of them of only 5 samples" in captions(at)
    at = chosen(at, "Mini-batch t", 5006)
    words = " ".join(text.value for text in at.main.markdown)
    assert "x^{(4999996)} \\dots x^{(5000000)}" in words
    assert "(n_x, 5)" in words
    assert {"b": "999", "t": "5006"}.items() <= address(at).items()
    at = chosen(at, "Samples m", 5)
    assert "no more than m = 5 samples, so that is full batch" in captions(at)


def test_the_first_mini_batch_is_another_one_each_epoch_unless_it_is_shuffled_once(visit_alone):
    at = visit_alone("batches", QUICK | {"panel": "Cutting m into batches"})
    (table,) = [found.value for found in at.main.table if "Epoch" in found.value]
    anew, once, in_order = (table[KNOBS["shuffle"].show(order)].tolist() for order in ORDERS)
    assert len(set(anew)) == 3
    assert once == [anew[0]] * 3
    assert in_order == [in_order[0]] * 3


def test_sorted_samples_do_worse_and_swing(visit_alone):
    at = visit_alone("batches", {"panel": "Sorted data"})
    assert names(at, 1) == [
        "Shuffled anew each epoch",
        "Shuffled once",
        "Sorted by class, never shuffled",
    ]
    (said,) = [known["told"] for known in shown(at, 1)["clocks"]]
    found = re.findall(r"[ABC] (\d\.\d+), swinging by (\d\.\d+)", said)
    (anew, calm), _, (in_order, swinging) = [(float(cost), float(by)) for cost, by in found]
    assert in_order > 1.3 * anew
    assert swinging > 2 * calm


def test_the_rule_of_the_notes_stands_beside_what_is_found_here(visit_alone):
    at = visit_alone("batches", QUICK | {"panel": "Which size?", "target": "0.9"})
    assert "The notes' rule for m = 80, which is at most 2,000: full batch. Here" in captions(at)
    assert re.search(r"is the fastest to a cost of [\d.]+: [\d.]+ ms in \d+ update", captions(at))
    at = visit_alone("batches", QUICK | {"panel": "Which size?", "target": "0.05"})
    assert "Here none has come to a cost of" in captions(at)


def test_a_pinned_run_of_another_size_joins_those_shown(visit_alone):
    pins = {"panel": "Compare", "pins": "batch_size:4,epochs:3;batch_size:24"}
    at = sound(visit_alone("batches", QUICK | pins))
    at.button(key="batches.open.A").click().run()
    assert "B = 4, mini-batch" in names(sound(at))
    at.button(key="batches.open.B").click().run()  # which no button offers
    assert len(names(sound(at))) == 4


def test_any_run_can_be_pinned_and_taken_away(visit_alone):
    at = visit_alone("batches", QUICK | {"panel": "Compare"})
    press(at, "Pin B: B = 16")
    assert address(at)["pins"] == "samples:100,batch_size:16,epochs:5"
    widget(at, ROW)
    open_part(at, "Compare and take away", "Take it away")
    at = chosen(at, "Run", "B: B = 16")
    assert any("batch_size = 16" in code.value for code in at.code)


def test_what_is_tried_does_not_depend_on_what_was_tried_before():
    for each in BATCHES.tries:
        if not each.part:
            assert {"sizes", "alpha"} <= set(each.page_knobs), each.label


def test_again_from_the_same_start_rewinds_the_film(visit_alone):
    at = visit_alone("batches", QUICK)
    assert not shown(at)["chosen"]
    at = sound(press(at, "Again from the same start"))
    assert (shown(at)["start"], shown(at)["chosen"]) == (0, True)


def test_a_sweep_that_waits_is_offered_once(visit_alone):
    long = {"dataset": "mnist", "samples": "60000", "hidden": "64-64", "alpha": "best"}
    at = sound(visit_alone("batches", long | {"panel": "α for each size"}))
    assert "The first learning rates are being tried." in captions(at)
    assert "Until the sweep is over, all have the same α." in captions(at)


def test_what_takes_long_waits_to_be_started(visit_alone):
    long = {"dataset": "mnist", "samples": "60000", "hidden": "64", "epochs": "3"}
    at = sound(visit_alone("batches", long))
    assert any(button.label == "Train" for button in at.button)
    assert {entry["note"] for entry in shown(at)["entries"]} == {"training ..."}
