"""Links that no page has written: junk, extremes and markup, drawn by a seeded generator."""

import random
from collections.abc import Iterator

from engine.experiment.experiment import KNOBS
from engine.nn.activations import ACTIVATIONS
from pages._kit.knobs.lens import Lens
from pages._kit.lessons.lesson import PARAMETERS

_OWN = ("epoch", "pins", "panel", "v", "embed", *PARAMETERS)
_JUNK = (
    *(
        "",
        " ",
        "0",
        "-0",
        "-1",
        "1e999",
        "-1e-999",
        "nan",
        "inf",
        "1_000",
        "0x10",
        "1.5.2",
        "٣",
        "½",
    ),
    *(
        "true",
        "None",
        "null",
        "[]",
        "{}",
        "()",
        "../../etc/passwd",
        "%00",
        "\x00",
        "\u202e",
        "é" * 50,
    ),
    *("<script>alert(1)</script>", "'; DROP TABLE runs; --", "${7*7}", "{{7*7}}", "\\", "\n\r\t"),
    *("9" * 400, "a" * 20_000, "-" * 5000, "1-" * 3000, "~" * 5000, ";" * 5000, ":,;~._-" * 500),
    *("relu.tanh", "relu.relu", "tanh.relu.sigmoid", "relu." * 5000, "relu.cosine"),
    *("0_0_0~1_1_1", "nan_nan_1", "1e9_0_1", "0_0_2", "hidden:4;hidden:", "-;-;-;-;-;-;-;-;-"),
    *("hidden:99,seed:x;l2:1e9", "512-512-512-512", "12-12-12-12-12-12-12", "xor", "mnist", "own"),
    *(":material/home:", "$\\frac{1}{0}$", "![](x)", "dev_error:0.1~dev_error:nan", "For teachers"),
)


def links(lens: Lens, count: int, seed: int) -> Iterator[dict[str, str]]:
    """Yield so many hostile links for a page: some knobs bad, some good, some at their ends."""
    chance = random.Random(f"{lens.path}.{seed}")
    names = [
        *KNOBS,
        *_OWN,
        *(page_knob.name for page_knob in lens.page_knobs),
        "unknown",
        "<b>",
        "a" * 300,
    ]
    for _ in range(count):
        chosen = chance.sample(names, chance.randint(1, 8))
        yield {name: _value(name, lens, chance) for name in chosen}


def mixtures(lens: Lens, count: int, seed: int) -> Iterator[dict[str, str]]:
    """Yield so many links that give the layers of a page activations of their own, or try to."""
    chance = random.Random(f"{lens.path}.mixtures.{seed}")
    names = [*ACTIVATIONS, "cosine", "none", "", "ReLU", "<b>"]
    for _ in range(count):
        layers = chance.randint(0, 5)
        known = chance.random() < 0.7
        chosen = [
            chance.choice(names[: len(ACTIVATIONS)] if known else names) for _ in range(layers)
        ]
        text = chance.choice((".", ".", ".", ".", "-", "..", ",")).join(chosen)
        widths = "-".join(["3"] * (layers if chance.random() < 0.6 else chance.randint(0, 60)))
        link = {
            "activation": chance.choice((text, text, text, f"{text}." * 5000)),
            "hidden": widths,
        }
        if chance.random() < 0.3:
            link["pins"] = f"hidden:{widths},activation:{text};activation:{text}"
        yield link


def _value(name: str, lens: Lens, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.6 or name not in KNOBS:
        return chance.choice(_JUNK)
    if kind < 0.8:
        return str(chance.choice((chance.randint(-9, 10**6), chance.uniform(-2, 2000))))
    offer = lens.offers.get(name) or (getattr(lens.defaults, name),)
    value = chance.choice((min, max, chance.choice))(offer)
    try:
        return KNOBS[name].write(KNOBS[name].check(value))
    except (ValueError, TypeError):
        return str(value)
