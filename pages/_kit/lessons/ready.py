"""A lesson for every page that is ready to be handed out, with one way to its goals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pages._kit.knobs.lens import Lens
from pages._kit.lessons import lesson
from pages._kit.lessons.lesson import Goal, Lesson


@dataclass(frozen=True, kw_only=True, eq=False)
class Ready:
    """A lesson, the knobs it starts from, and turned knobs with which its goals are reached.

    Both are what differs from the page's defaults, the solution from the start.
    """

    lesson: Lesson
    start: Mapping[str, Any]
    solution: Mapping[str, Any]

    def link(self, lens: Lens) -> dict[str, str]:
        """Return the lesson as the parameters of a link to its page."""
        return lens.write(lens.defaults.but(**self.start)) | lesson.write(self.lesson)


READY: dict[str, Ready] = {
    "xor": Ready(
        lesson=Lesson(
            "The smallest network for XOR",
            "Four hidden neurons solve XOR. How few are enough? Take them away one by one. When a "
            "network gets stuck, ask first whether another seed helps.",
            ("hidden", "learning_rate", "epochs", "seed"),
            (),
            (Goal("train_error", 0.0), Goal("train_cost", 0.05), Goal("hidden_neurons", 2)),
        ),
        start={"hidden": (4,), "seed": 1},
        solution={"hidden": (2,), "seed": 2},
    ),
    "mnist": Ready(
        lesson=Lesson(
            "Three errors in a hundred",
            "The notes' network misreads 3 to 4 % of the test digits after five epochs. Bring it "
            "to 3 % within ten epochs, with the same 64 hidden neurons. Predict what each knob "
            "will do before you turn it.",
            ("standardize", "learning_rate", "optimizer", "batch_size", "epochs", "keep_prob"),
            (),
            (Goal("test_error", 0.03), Goal("epochs", 10)),
        ),
        start={},
        solution={"optimizer": "adam", "learning_rate": 0.001, "epochs": 10},
    ),
    "initialisation": Ready(
        lesson=Lesson(
            "Ten layers that learn",
            "Ten hidden layers of sigmoid units learn nothing, whatever their weights start from. "
            "Find an activation and a learning rate with which one of the schemes gets 95 % of the "
            "test points right. Which scheme is it, and why that one?",
            ("activation", "init_scale", "learning_rate", "epochs"),
            (),
            (Goal("test_error", 0.05),),
        ),
        start={"hidden": (12,) * 10, "activation": "sigmoid"},
        solution={"activation": "tanh", "learning_rate": 0.1},
    ),
    "vanishing": Ready(
        lesson=Lesson(
            "Fifteen layers, and none may be lost",
            "The gradient of the first layers is smaller than any rounding. Look at the map, then "
            "change one thing at a time: how few changes are enough for 95 % of the training "
            "points?",
            ("activation", "initializer", "init_scale", "learning_rate"),
            (),
            (Goal("train_error", 0.05),),
        ),
        start={},
        solution={"activation": "tanh", "initializer": "xavier"},
    ),
    "regularisation": Ready(
        lesson=Lesson(
            "Close the gap",
            "All six networks know their training points by heart, because every regulariser is "
            "almost off. Turn them up until one has at most 13 % dev error. Then go on: what does "
            "too much of it look like?",
            ("l2", "l1", "keep_prob", "patience"),
            (),
            (Goal("dev_error", 0.13),),
        ),
        start={"l2": 0.001, "l1": 0.001, "keep_prob": 1.0, "patience": 0},
        solution={"l2": 0.3},
    ),
    "bias_variance": Ready(
        lesson=Lesson(
            "What would you do next?",
            "This network makes no training error and too many dev errors. Name the problem, "
            "choose what the recipe recommends, and bring the dev error to 7 %. The test set stays "
            "closed until you are done.",
            ("samples", "hidden", "epochs", "l2", "keep_prob"),
            (),
            (Goal("dev_error", 0.07),),
        ),
        start={},
        solution={"samples": 2000},
    ),
}
