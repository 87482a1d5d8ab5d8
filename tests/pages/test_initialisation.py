"""The initialisation page: schemes side by side, and what one chooses below the picture."""

import json

import pytest

from engine.nn.initializers import INITIALIZERS
from pages._initialisation import predict, schemes
from pages._initialisation.lens import INITIALISATION
from tests.pages.screen import PARTS, ROW, address, parts, press, sound, widget

QUICK = {"epochs": "20"}
SCHEMES = "Schemes side by side"


def groups(at):
    return {group.label: group for group in at.main.get("button_group")}


def chosen(at, label, option):
    groups(at)[label].set_value(option).run()
    return sound(at)


def shown(at):
    """The header of what the line-up was sent."""
    told = [component.proto for component in at.get("bidi_component")]
    (sent,) = [proto.bytes for proto in told if proto.component_name == "neural_network_lineup"]
    return json.loads(sent[4 : 4 + int.from_bytes(sent[:4], "little")])


def entries(at):
    return {entry["name"]: entry for entry in shown(at)["entries"]}


def captions(at):
    return " ".join(caption.value for caption in at.main.caption)


def test_the_page_opens_with_five_schemes_of_different_fates(visit):
    at = sound(visit("initialisation"))
    verdicts = {name: entry["verdict"] for name, entry in entries(at).items()}
    fates = {
        "Zeros": "All 12 hidden units of layer 1 are identical to the last bit",
        "Small 0.01": "Vanishing signal",
        "Large 1": "Dead: 12 of the 12 units",
        "Xavier": "Learned",
        "He": "Learned",
    }
    assert list(verdicts) == list(fates)
    for name, fate in fates.items():
        assert verdicts[name].startswith(fate)
    assert any("2 of 5 schemes have learned Circles" in text.value for text in at.markdown)


def test_every_scheme_can_be_shown_and_travels_in_the_link(visit):
    at = visit("initialisation", QUICK)
    for picked in (("zeros", "constant"), ("small", "large", "uniform", "xavier", "glorot", "he")):
        names = [schemes.TITLES[scheme] for scheme in picked]
        chosen(at, SCHEMES, names)
        assert list(entries(at)) == names
        assert address(at)["schemes"] == ".".join(picked)
        assert list(entries(visit("initialisation", address(at)))) == names
    assert len(set(schemes.TITLES.values())) == len(INITIALIZERS)


def test_one_scheme_alone_or_seven_are_refused_in_words(visit):
    at = visit("initialisation", QUICK)
    chosen(at, SCHEMES, ["He"])
    assert "2 to 6" in captions(at)
    assert len(entries(at)) == 5
    chosen(at, SCHEMES, [schemes.TITLES[scheme] for scheme in list(INITIALIZERS)[:7]])
    assert len(entries(at)) == 5


def test_the_scale_is_said_beside_the_name(visit):
    at = visit("initialisation", QUICK | {"init_scale": "0.5"})
    assert "He × 0.5" in entries(at)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"dataset": "mnist", "samples": "100", "epochs": "2", "hidden": "8"},
        {"dataset": "xor", "activation": "sigmoid"},
        {"hidden": "none"},
        {"hidden": "1-1"},
        {"epochs": "0"},
        {"hidden": "-".join(["16"] * 10), "init_scale": "100", "learning_rate": "1000"},
        {
            "hidden": "-".join(["16"] * 10), "init_scale": "100", "learning_rate": "1000",
            "schemes": "large.he", "activation": "linear",
        },
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_whatever_one_chooses_below_the_picture_is_shown(visit, query):
    at = sound(visit("initialisation", QUICK | query))
    for _ in parts(at):
        for label, group in groups(at).items():
            if label not in (ROW, PARTS, SCHEMES) and "Which of these" not in label:
                for option in group.options[-1:]:
                    chosen(at, label, option)


def test_rows_of_zeros_are_identical_and_those_of_he_are_not(visit):
    at = visit("initialisation", QUICK | {"panel": "Symmetry"})
    assert captions(at).count("the 12 rows are identical to the last bit") == 2
    chosen(at, "Scheme", "He")
    assert captions(at).count("no two of the 12 rows are the same") == 2


def test_symmetry_is_broken_the_sooner_the_larger_the_noise(visit):
    at = visit("initialisation", QUICK | {"panel": "Symmetry"})
    told = captions(at)
    assert "without noise not in 1,000 epochs" in told
    found = [told.split(f"noise {noise} after ")[1].split()[0] for noise in ("10⁻⁶", "0.001")]
    late, early = map(int, found)
    assert 100 < early < late < 600


def test_the_sum_gets_wider_with_n_unless_the_weights_shrink(visit):
    at = visit("initialisation", QUICK | {"panel": "Why Var = 1/n", "n": "500"})
    assert "(theory, the line: 22.4)" in captions(at)  # √500
    assert "(theory, the line: 1)" in captions(at)
    at = visit("initialisation", QUICK | {"panel": "Why Var = 1/n", "n": "500", "inputs": "relu"})
    assert "(theory, the line: 15.8)" in captions(at)  # √250


def test_many_seeds_are_told_with_median_and_quartiles(visit):
    at = visit("initialisation", {"panel": "Many seeds", "schemes": "zeros.he"})
    assert "Median of 16 seeds, and the middle half of them: Zeros 50.0 %; He 100.0 %" in captions(
        at
    )


def test_a_prediction_is_compared_with_what_became_of_the_runs(visit):
    at = visit("initialisation", {"panel": "Predict"})
    asked = "Which of these will learn it?"
    chosen(at, asked, ["Large 1", "Xavier", "He"])
    assert not any("You said" in text.value for text in at.markdown)
    sound(press(at, "Set it up and see"))
    assert address(at)["hidden"] == "12"
    (told,) = [text.value for text in at.markdown if "You said" in text.value]
    learned = [
        name for name, entry in entries(at).items() if entry["verdict"].startswith("Learned")
    ]
    assert f"learned: {', '.join(learned)}" in told
    right = 5 - len({"Large 1", "Xavier", "He"} ^ set(learned))
    assert f"That is {right} of 5 right." in told


def test_every_situation_can_be_set_up_and_is_recognised(visit):
    at = visit("initialisation", {"panel": "Predict"})
    for situation in predict.SITUATIONS:
        widget(at, "Situation").set_value(situation.title).run()
        press(at, "Set it up and see")
        assert any("You said none of them" in text.value for text in sound(at).markdown)


def test_a_pinned_run_that_is_opened_is_among_those_shown(visit):
    pinned = {"panel": "Compare", "pins": "epochs:10,initializer:glorot,learning_rate:0.1"}
    at = sound(visit("initialisation", QUICK | pinned))
    assert "Glorot" not in entries(at)
    press(at, "Open")
    assert "Glorot" in entries(sound(at))
    assert address(at)["schemes"] == "zeros.small.large.xavier.glorot.he"
    assert address(at)["epochs"] == "10"
    # Where six are shown already, it takes the place of the last one.
    full = QUICK | {"schemes": "zeros.constant.small.large.uniform.xavier"} | pinned
    at = sound(press(visit("initialisation", full), "Open"))
    assert address(at)["schemes"] == "zeros.constant.small.large.uniform.glorot"


def test_any_schemes_run_can_be_pinned_and_travels(visit):
    at = visit("initialisation", QUICK | {"panel": "Compare"})
    press(at, "Pin Zeros")
    press(at, "Pin He")
    assert address(at)["pins"] == "initializer:zeros,epochs:20;initializer:he,epochs:20"
    other = sound(visit("initialisation", address(at)))
    assert address(other) == address(at)


def test_a_schemes_run_can_be_taken_away(visit):
    at = visit("initialisation", QUICK | {"panel": "Take it away"})
    chosen(at, "Scheme to take away", "He")
    assert any("# He: W[l]" in code.value for code in at.code)


def test_again_from_the_same_start_rewinds_the_film(visit):
    at = visit("initialisation", QUICK)
    last, version = shown(at)["start"], shown(at)["version"]
    assert last == shown(at)["frames"] - 1
    sound(press(at, "Again from the same start"))
    assert shown(at)["start"] == 0
    assert shown(at)["version"] != version
    sound(press(at, "Another seed"))
    assert shown(at)["start"] == last


@pytest.mark.parametrize(("epoch", "frame"), [("4", 4), ("0", 0), ("99", 20), ("nan", 20)])
def test_a_link_opens_the_film_at_its_epoch_and_says_so_again(visit, epoch, frame):
    at = sound(visit("initialisation", QUICK | {"epoch": epoch}))
    assert shown(at)["start"] == frame
    assert address(at).get("epoch", "20") == str(frame)
    assert address(at.run()).get("epoch", "20") == str(frame)


def test_all_finished_runs_join_the_visitors(visit):
    at = visit("initialisation", QUICK)
    assert len(at.session_state["frame.history"].entries) == 5
    assert INITIALISATION.varied == ("initializer",)
