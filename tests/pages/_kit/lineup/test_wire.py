import json

import numpy as np
import pytest

from pages._kit.lineup.entry import Clock, Entry, Layers, Reading
from pages._kit.lineup.wire import CURVE_POINTS, MOST, pack
from pages._kit.pictures import RUN_COLOURS
from pages._kit.player.wire import Points

EPOCHS = np.array([0, 1, 3, 10])


def an_entry(rng, frames=4, name="He"):
    return Entry(
        name=name,
        fields=rng.integers(0, 256, (frames, 5, 5)).astype(np.uint8),
        curves={"train_cost": rng.random(1001), "dev_cost": rng.random(1001)},
        readings={"Right": Reading(rng.random(frames), "percent")},
        layers={
            "Activations": Layers(
                rng.integers(0, 256, (frames, 2, 8)).astype(np.uint8),
                np.array([-1.0, 1.0]),
                rng.random((frames, 2)),
            )
        },
        verdict="It learns.",
        note="diverged in epoch 12",
    )


def packed(entries, **changes):
    options = {
        "points": {"train": Points(np.eye(2), np.array([0, 1]))},
        "view": (-1.0, 1.0, -2.0, 2.0),
        "version": "a run",
        "title": "Runs",
        "start_frame": None,
    }
    return pack(entries, EPOCHS, **(options | changes))


def unpack(data):
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length])
    start = -(-(4 + length) // 8) * 8

    def array(place):
        count = int(np.prod(place["shape"]))
        flat = np.frombuffer(data, "<" + place["dtype"], count, start + place["offset"])
        return flat.reshape(place["shape"])

    return header, array


def test_every_array_of_an_entry_comes_back_as_it_was_sent(rng):
    entry = an_entry(rng)
    header, array = unpack(packed([entry]))
    (sent,) = header["entries"]
    held, layers = sent["layers"]["Activations"], entry.layers["Activations"]
    np.testing.assert_array_equal(array(header["epochs"]), EPOCHS)
    np.testing.assert_array_equal(array(held["counts"]), layers.counts)
    np.testing.assert_array_equal(array(held["deviation"]), layers.deviation.astype("f4"))
    np.testing.assert_array_equal(array(held["edges"]), [[-1, 1]] * 4)
    (reading,) = sent["readings"]
    assert (reading["title"], reading["form"]) == ("Right", "percent")
    np.testing.assert_array_equal(
        array(reading["values"]), entry.readings["Right"].values.astype("f4")
    )
    assert (sent["name"], sent["verdict"], sent["note"]) == (
        "He", "It learns.", "diverged in epoch 12",
    )  # fmt: skip


def test_a_field_arrives_as_a_picture_with_the_largest_x2_on_top(rng):
    fields = np.zeros((1, 5, 5), np.uint8)
    fields[0, 3, 4] = 200  # x1 is the fourth of five, x2 the largest
    header, array = unpack(packed([Entry(name="He", fields=fields)]))
    picture = array(header["entries"][0]["fields"])[0]
    assert np.argwhere(picture == 200).tolist() == [[0, 3]]


def test_a_long_curve_is_thinned_with_both_its_ends(rng):
    entry = an_entry(rng)
    header, array = unpack(packed([entry]))
    curve = header["entries"][0]["curves"]["train_cost"]
    epochs = array(curve["epochs"]).astype(int)
    assert len(epochs) == CURVE_POINTS
    assert (epochs[0], epochs[-1]) == (0, 1000)
    np.testing.assert_array_equal(
        array(curve["values"]), entry.curves["train_cost"][epochs].astype("f4")
    )


def test_letters_and_colours_follow_the_order(rng):
    header, _ = unpack(packed([Entry(name=str(k)) for k in range(MOST)]))
    found = [(entry["letter"], entry["colour"]) for entry in header["entries"]]
    assert found == list(RUN_COLOURS.items())[:MOST]


def test_it_opens_at_the_end_or_at_the_frame_that_was_chosen(rng):
    header, _ = unpack(packed([an_entry(rng)]))
    assert (header["start"], header["chosen"]) == (3, False)
    header, _ = unpack(packed([an_entry(rng)], start_frame=0))
    assert (header["start"], header["chosen"]) == (0, True)


def test_an_entry_that_has_not_arrived_or_has_no_epoch_is_sent_without_arrays():
    entry = Entry(name="He", note="training ...", curves={"train_cost": np.empty(0)})
    header, array = unpack(packed([entry]))
    (sent,) = header["entries"]
    assert (sent["frames"], sent["fields"], sent["layers"], sent["readings"]) == (0, None, {}, [])
    assert array(sent["curves"]["train_cost"]["values"]).size == 0


def test_numbers_beyond_float32_are_bounded_and_others_that_are_not_finite_stay():
    curves = {"train_cost": np.array([1e300, np.inf, np.nan, -1e300])}
    header, array = unpack(packed([Entry(name="He", curves=curves)]))
    values = array(header["entries"][0]["curves"]["train_cost"]["values"])
    np.testing.assert_allclose(values, [1e38, np.inf, np.nan, -1e38], rtol=1e-6)


@pytest.mark.parametrize(
    ("count", "frames", "sentence"),
    [
        (0, 4, "A line-up has 1 to 6 entries, not 0."),
        (7, 4, "A line-up has 1 to 6 entries, not 7."),
        (1, 5, "A line-up of 4 frames must not have longer entries."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(rng, count, frames, sentence):
    with pytest.raises(ValueError, match=sentence):
        packed([an_entry(rng, frames) for _ in range(count)])


def test_clocks_travel_with_what_is_said_of_them():
    clocks = {"updates": np.array([0.0, 3.0, 7.0]), "seconds": np.array([0.0, 1e-5, 2e-5])}
    moved = Entry(
        name="B = 1",
        curves={"train_cost": np.array([3.0, 2.0, 1.0])},
        readings={"Cost": Reading(np.array([3.0, 1.0]))},
        clocks=clocks,
        moments=np.array([0, 2]),
    )
    told = [Clock("updates", "A is ahead."), Clock("seconds", "B is ahead.")]
    header, array = unpack(packed([moved], clocks=told, clock="seconds"))
    assert header["clocks"] == [
        {"name": "updates", "told": "A is ahead."},
        {"name": "seconds", "told": "B is ahead."},
    ]
    assert header["clock"] == "seconds"
    (sent,) = header["entries"]
    assert array(sent["moments"]).tolist() == [0, 2]
    for name, readings in clocks.items():
        np.testing.assert_array_equal(array(sent["clocks"][name]), readings)  # in full precision


def test_moments_are_as_many_as_frames():
    with pytest.raises(ValueError, match="frames"):
        Entry(name="A", readings={"Cost": Reading(np.ones(2))}, moments=np.arange(3))
