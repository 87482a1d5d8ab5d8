"""Five experiments on the plane, each with a question, a goal and what it shows."""

from engine.experiment.experiment import Experiment
from engine.nn.initializers import INITIALIZERS
from engine.training.run import Run
from pages._kit.panels.challenge import Challenge


def neurons(experiment: Experiment) -> int:
    """Return the number of hidden neurons."""
    return sum(experiment.hidden)


def _solves_xor(run: Run) -> bool:
    return run.experiment.dataset == "xor" and run.final("train_accuracy") == 1.0


CHALLENGES = (
    Challenge(
        title="How many hidden neurons does XOR need?",
        question="Without a hidden layer XOR cannot be solved. What is the smallest number of "
        "hidden neurons with which $x_1$ and $x_2$ are enough?",
        answers=("1", "2", "3", "4"),
        answer="2",
        setting={"hidden": (4,)},
        goal="All four points right at a cost below 0.05, with at most 2 hidden neurons and the "
        "inputs x₁ and x₂ alone.",
        is_met=lambda run: (
            _solves_xor(run)
            and run.final("train_cost") < 0.05
            and 0 < neurons(run.experiment) <= 2
            and run.experiment.features == ("x1", "x2")
        ),
        explanation="One hidden neuron still draws a single line. Two draw two, and the output "
        "gives one answer between them and the other outside. About one start in five gets stuck "
        "on the way: try another seed.",
    ),
    Challenge(
        title="XOR without any hidden layer",
        question="Is there a way to solve XOR with a single neuron after all?",
        answers=("No", "With the right input feature", "With more epochs"),
        answer="With the right input feature",
        setting={"hidden": ()},
        goal="All four points right without a hidden layer.",
        is_met=lambda run: _solves_xor(run) and not run.experiment.hidden,
        explanation="With the feature x₁x₂ the neuron can have z = x₁ + x₂ − 2 x₁x₂ − 1/2, and "
        "that is above 0 exactly where XOR is 1. Somebody had to think of that feature; a hidden "
        "layer finds one itself.",
    ),
    Challenge(
        title="What does a linear network see?",
        question="Three hidden layers, but the activation is linear. What will the boundary be?",
        answers=("A straight line", "A curve", "Several lines"),
        answer="A straight line",
        setting={
            "dataset": "circles",
            "hidden": (6, 6, 6),
            "activation": "linear",
            "learning_rate": 0.1,
            "epochs": 300,
        },
        goal="Keep the hidden layers, change only the activation, and get 95 % of the held-out "
        "points of the circles right.",
        is_met=lambda run: (
            run.experiment.dataset == "circles"
            and run.experiment.hidden == (6, 6, 6)
            and run.experiment.activation != "linear"
            and run.final("test_accuracy") >= 0.95
        ),
        explanation="Linear layers multiplied together are one linear layer: however deep, the "
        "boundary stays a straight line. What bends it is the activation between the layers.",
    ),
    Challenge(
        title="Zero is a bad start",
        question="All weights of a 2-3-1 network start at zero. What will it learn of XOR?",
        answers=("All four points, only later", "Nothing: it says 0.5 everywhere", "Three points"),
        answer="Nothing: it says 0.5 everywhere",
        setting={"initializer": "zeros"},
        goal="Solve XOR with three hidden neurons by changing the initialisation alone.",
        is_met=lambda run: (
            _solves_xor(run)
            and run.experiment.hidden == (3,)
            and INITIALIZERS[run.experiment.initializer].is_random
        ),
        explanation="From equal weights all hidden neurons compute the same thing and receive the "
        "same gradient, so they stay equal for ever. Random weights break the symmetry.",
    ),
    Challenge(
        title="The smallest network for two moons",
        question="How many hidden neurons separate the moons with a test cost below 0.05?",
        answers=("2", "3 or 4", "8 or more"),
        answer="3 or 4",
        setting={
            "dataset": "moons",
            "samples": 300,
            "noise": 0.05,
            "hidden": (8,),
            "activation": "tanh",
            "learning_rate": 1.0,
            "epochs": 1000,
        },
        goal="A test cost below 0.05 on the moons with at most 4 hidden neurons.",
        is_met=lambda run: (
            run.experiment.dataset == "moons"
            and neurons(run.experiment) <= 4
            and run.final("test_cost") < 0.05
        ),
        explanation="The boundary has to bend twice, and each hidden neuron gives it one bend or "
        "so. A larger network also works; a small one shows what the problem needs.",
    ),
)
