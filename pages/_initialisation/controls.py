"""The page's own controls, declared as knobs are."""

from engine.experiment.knobs import Choice, Choices, Integer
from engine.nn.initializers import INITIALIZERS
from pages._initialisation.schemes import TITLES

SCHEMES = Choices(
    label="Schemes side by side",
    section="network",
    meaning="Two to six ways to draw the initial weights. All networks see the same data, and the "
    "normal schemes scale the same draws.",
    titles=TITLES,
    fewest=2,
    most=6,
)

START = Choice(
    label="Equal start",
    section="network",
    meaning="What all weights are before the noise is added.",
    titles={name: row.short for name, row in INITIALIZERS.items() if not row.is_random},
)

NETWORK = Choice(
    label="Network",
    section="network",
    meaning="Which network tries it: one hidden layer of 12 tanh units with α = 1 and 1,000 "
    "epochs, or the page's.",
    titles={"one": "One hidden layer, tanh", "page": "The page's network"},
)

N_OFFER = (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 784, 1000)

N = Integer(
    label="Inputs n",
    section="network",
    meaning="How many inputs a unit adds up.",
    equation=r"z = w_1 x_1 + \dots + w_n x_n",
    low=1,
    high=1000,
)

INPUTS = Choice(
    label="The inputs are",
    section="network",
    meaning="Whether the n inputs come straight from a symmetric distribution, or from units that "
    "set half of them to 0.",
    titles={"plain": "Symmetric, mean of x² = 1", "relu": "After ReLU, mean of x² = ½"},
)
