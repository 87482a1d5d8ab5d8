"""What the page offers: grounds to race on, learning rates, numbers of steps and of starts."""

from engine.optim.landscapes import LANDSCAPES
from engine.optim.schedules import SCHEDULES

SLICES = {
    "weights": "A network: two of its weights",
    "random": "A network: two random directions",
    "path": "A network: where its run went",
}
"""Planes through the space of a network's parameters, by name, as one chooses them."""

MOST_PARAMETERS = 400
"""More than any network of this page has."""

CONDITIONS = (1, 3, 10, 30, 100, 300, 1000)

TURNS = (0, 15, 30, 45)

RATES = tuple(round(10.0 ** (k / 4), 6) for k in range(-16, 5))
"""The learning rates of a sweep on a landscape, four to a power of ten."""

SLICE_RATES = RATES[6::2]
"""Fewer of them where each step goes through a network."""

STEPS = (30, 100, 300, 1000)

SLICE_SWEEP = 100
"""And so many steps of each, which tell the rates apart: all of them would take many seconds."""

SWEEP = 0.0
"""In place of a learning rate: the best one of a sweep."""

GROUNDS = {name: each.title for name, each in LANDSCAPES.items()} | SLICES
"""What the seven can go down, by name, as one chooses it."""

SEEDS = 8

SENSITIVITY_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)

NOTHING_YET = "Nothing has been trained yet."

ONE_STEP, ON_NETWORKS, SENSITIVITY = "One step in numbers", "On a network", "Sensitivity to α"
SCHEDULES_TITLE, STABILITY = "Schedules", "Stability"

SCHEDULE_TITLES = {name: row.title.partition(":")[0] for name, row in SCHEDULES.items()}
"""What a schedule is called, without its formula."""
