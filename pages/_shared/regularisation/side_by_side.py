"""The regularisers side by side from the same start, in the line-up."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.experiment import Experiment
from engine.training import Run
from pages._shared import cache, frame, jobs
from pages._shared.lens import Lens
from pages._shared.lineup import Entry, lineup
from pages._shared.regularisation.pictures import Pictures
from pages._shared.regularisation.regularisers import REGULARISERS, regularised, settings
from pages._shared.regularisation.verdicts import note, verdict

FRAMES = 41


class SideBySide(NamedTuple):
    """The runs on show by their regulariser's name, the letters they go by, and their job."""

    watched: jobs.Watched
    experiment: Experiment
    runs: dict[str, Run]

    @property
    def letters(self) -> dict[str, str]:
        """Return the line-up's letter of each regulariser on show."""
        return dict(zip(self.runs, "ABCDEF", strict=False))

    @property
    def titles(self) -> list[str]:
        return [f"{self.letters[name]}, {REGULARISERS[name].title}" for name in self.runs]

    @property
    def drawn(self) -> dict[str, Run]:
        """The runs of which there is something to see."""
        return {name: run for name, run in self.runs.items() if len(run.history["epoch"])}


def show(lens: Lens, experiment: Experiment, names: Sequence[str]) -> SideBySide:
    """Train the experiment with each of the named regularisers, and show the runs."""
    watched = jobs.follow(lens, [regularised(experiment, name) for name in names], snapshots=FRAMES)
    pictures = cache.pictures(watched.job)
    runs = dict(zip(names, pictures.runs, strict=True))
    lineup(
        [
            entry(pictures, k, f"{REGULARISERS[name].title} {_strength(experiment, name)}".strip(),
                  verdict(run, name, experiment, runs.get("none")))
            for k, (name, run) in enumerate(runs.items())
        ],
        pictures.epochs,
        key=f"{lens.path}.lineup",
        points=pictures.points,
        view=pictures.view or (0.0, 1.0, 0.0, 1.0),
        version=f"{pictures.job.experiments!r} {pictures.version} {frame.rewinds(lens)}",
        title="Regularisers side by side",
        start_frame=0 if frame.rewinds(lens) else None,
    )  # fmt: skip
    return SideBySide(watched, experiment, runs)


def entry(pictures: Pictures, position: int, name: str, told: str) -> Entry:
    """Return one of a job's runs as the line-up shows it."""
    run = pictures.runs[position]
    wanted = ("train_cost", "dev_cost", "train_accuracy", "dev_accuracy")
    return Entry(
        name=name,
        fields=pictures.fields[position],
        curves={key: run.history[key] for key in wanted if key in run.history},
        readings=pictures.readings(position),
        verdict=told,
        note=note(run, pictures.is_done[position]),
    )


def _strength(experiment: Experiment, name: str) -> str:
    told = settings(experiment, name)
    return f"({told})" if told else ""
