"""The app, with every training written as a line to the file named by the variable TRAININGS."""

import os
import sys
from pathlib import Path

from streamlit.web import cli

from engine.experiment.experiment import Experiment
from engine.nn.types import Array
from engine.training.run import Run
from pages._kit.training import cache

_train = cache.train_to_end


def counted(experiment: Experiment, theta: Array | None = None) -> Run:
    with Path(os.environ["TRAININGS"]).open("a", encoding="utf-8") as file:
        file.write(f"{experiment!r}\n")
    return _train(experiment, theta)


if __name__ == "__main__":
    cache.train_to_end = counted
    sys.argv = ["streamlit", "run", *sys.argv[1:]]
    cli.main()
