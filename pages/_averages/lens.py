"""The page of averages: its knobs are its own, also those of the one training it looks into."""

from engine.data.series import SERIES
from engine.experiment.experiment import Experiment
from engine.experiment.knobs import Choice, Choices, Integer, Real
from engine.experiment.problem import network_of
from pages._averages.brought import Brought
from pages._averages.measures import MEASURES
from pages._kit.knobs.lens import Lens, PageKnob, Try
from pages._kit.knobs.reals import Reals

BETAS = (
    *(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88),
    *(0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.988, 0.99),
)
"""The stops of β: 1 - β goes down from 1 to 0.01 by nearly the same factor at each."""

MOST_DAYS = 2_000
"""So many values a series of one's own may have."""

LARGEST = 1e6
"""And so large may they be."""

LONGEST = 3_000
"""So many characters of them at most travel in a link: servers refuse much longer ones."""

DRAWS = 1_000
"""So many draws there are of each series; after the last the first comes again."""

OWN = "own"
"""The choice of a series that the visitor has brought."""

LINES = {"v": "v, from 0 on", "corrected": "corrected", "centred": "two-sided, not late"}
"""What can be drawn through the days."""

_SERIES = (
    PageKnob(
        name="series",
        default="temperatures",
        knob=Choice(
            label="Series",
            section="data",
            meaning="What is averaged, day by day.",
            titles={name: row.title for name, row in SERIES.items()} | {OWN: "Your own"},
        ),
    ),
    PageKnob(
        name="year",
        default=0,
        knob=Integer(
            label="Year",
            section="data",
            meaning="Which draw of the series.",
            low=0,
            high=DRAWS - 1,
        ),
    ),
    PageKnob(
        name=OWN,
        default=(),
        knob=Brought(
            label="Your values",
            section="data",
            meaning="A series of your own, a value a day.",
            fewest=0,
            most=MOST_DAYS,
            low=-LARGEST,
            high=LARGEST,
            longest=LONGEST,
        ),
    ),
)

_AVERAGE = (
    PageKnob(
        name="beta",
        default=0.9,
        knob=Real(
            label="β",
            section="training",
            meaning="How much of yesterday's average is kept.",
            low=0,
            high=0.99,
        ),
    ),
    PageKnob(
        name="t",
        default=110,
        knob=Integer(
            label="Day t",
            section="data",
            meaning="The day whose average is worked out.",
            low=1,
            high=MOST_DAYS,
        ),
    ),
    PageKnob(
        name="lines",
        default=("v", "corrected"),
        knob=Choices(
            label="Lines",
            section="training",
            meaning="What is drawn through the days.",
            titles=LINES,
            fewest=0,
            most=len(LINES),
        ),
    ),
    PageKnob(
        name="beside",
        default=(),
        knob=Reals(
            label="Pinned β",
            section="training",
            meaning="They stay in the picture, to be compared.",
            fewest=0,
            most=2,
            low=0,
            high=0.99,
        ),
    ),
)

FIRST_DAYS, TRAINING = "The first days", "A real training"
"""Panels that something to try opens."""

TRAINED = Experiment(
    dataset="circles", samples=300, noise=0.2, hidden=(8,), activation="tanh",
    learning_rate=0.3, batch_size=16, epochs=1000, seed=1,
)  # fmt: skip
"""The training whose gradients are averaged: plain steps, so that nothing has averaged them yet."""

BATCHES = (1, 4, 16, 64, 0)
"""The sizes of mini-batch to choose from; 0 is full batch."""

SQUARES = (0.0, 0.5, 0.9, 0.99, 0.999)
"""The stops of β₂."""

_TRAINING = (
    PageKnob(
        name="batch",
        default=TRAINED.batch_size,
        knob=Integer(
            label="Mini-batch size",
            section="training",
            meaning="Of how many samples each gradient is the mean.",
            low=0,
            high=max(BATCHES),
            names={0: "full batch"},
        ),
    ),
    PageKnob(
        name="weight",
        default=1,
        knob=Integer(
            label="Weight",
            section="network",
            meaning="Whose gradient is drawn, in theta's order.",
            low=1,
            high=network_of(TRAINED).layout.size,
        ),
    ),
    *(
        PageKnob(
            name=name,
            default=0.9,
            knob=Real(label=label, section="training", meaning=meaning, low=0, high=high),
        )
        for name, label, meaning, high in (
            ("beta1", "β₁", "How much of the averaged gradient is kept.", max(BETAS)),
            ("beta2", "β₂", "How much of the averaged square is kept.", max(SQUARES)),
        )
    ),
)

AVERAGES = Lens(
    path="averages",
    defaults=Experiment(),
    knobs=(),
    page_knobs=(*_SERIES, *_AVERAGE, *_TRAINING),
    measures=MEASURES,
    tries=(
        Try(
            label="β = 0.98",
            meaning="Smoother, and later: see by how many days.",
            page_knobs={"beta": 0.98},
        ),
        Try(
            label="The first days",
            meaning="From zero on it is far too low. What makes up for that?",
            part=FIRST_DAYS,
            page_knobs={"beta": 0.98, "t": 5, "lines": ("v", "corrected")},
        ),
        Try(
            label="A sudden jump",
            meaning="Go on day by day: how long until the average has made two thirds of it?",
            page_knobs={"series": "jump", "beta": 0.9, "t": 110},
        ),
        Try(
            label="Three side by side",
            meaning="Compare their lags with what they leave of the ups and downs.",
            page_knobs={"beta": 0.9, "beside": (0.5, 0.98)},
        ),
        Try(
            label="A real training",
            meaning="The same on a network's gradients: momentum and RMSprop.",
            part=TRAINING,
            page_knobs={"batch": 16},
        ),
    ),
)
