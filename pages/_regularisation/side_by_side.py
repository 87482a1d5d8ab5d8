"""The regularisers side by side from the same start, in the line-up."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from engine.experiment.experiment import Experiment
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.lineup import Entry, lineup
from pages._kit.site import jobs, session
from pages._kit.site.visit import Visit
from pages._regularisation.pictures import Pictures, shared_pictures
from pages._regularisation.regularisers import REGULARISERS, regularised
from pages._regularisation.verdicts import note, verdict

FRAMES = 41

Splits: TypeAlias = tuple[str, ...]


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
        """How the runs that are drawn are called, in their order."""
        return [f"{self.letters[name]}, {REGULARISERS[name].title}" for name in self.drawn]

    @property
    def drawn(self) -> dict[str, Run]:
        """The runs of which there is something to see."""
        return {name: run for name, run in self.runs.items() if len(run.history["epoch"])}


def experiments(base: Experiment, names: Sequence[str]) -> list[Experiment]:
    """Return an experiment with each of the named regularisers."""
    return [regularised(base, name) for name in names]


def show(visit: Visit, names: Sequence[str], splits: Splits) -> SideBySide:
    """Train the visit's experiment with each of the named regularisers, and show the runs.

    `splits` are those whose points are drawn.
    """
    experiment = visit.experiment
    watched = jobs.follow(visit, experiments(experiment, names), snapshots=FRAMES)
    pictures = shared_pictures(watched.job)
    runs = dict(zip(names, pictures.runs, strict=True))
    entries = [
        entry(
            pictures, k, REGULARISERS[name].title,
            verdict(run, name, experiment, runs.get("plain"), pictures.is_done[k]),
        )
        for k, (name, run) in enumerate(runs.items())
    ]  # fmt: skip
    film(visit.lens, pictures, entries, "Regularisers side by side", splits)
    return SideBySide(watched, experiment, runs)


def film(
    lens: Lens,
    pictures: Pictures,
    entries: Sequence[Entry],
    title: str,
    splits: Splits = ("train",),
    part: str = "lineup",
) -> None:
    """Draw a job's runs in the line-up; `part` tells several on a page apart."""
    rewinds = session.rewinds(lens)
    lineup(
        entries,
        pictures.epochs,
        key=f"{lens.path}.{part}",
        points={name: pictures.points[name] for name in splits if name in pictures.points},
        view=pictures.view or (0.0, 1.0, 0.0, 1.0),
        version=f"{pictures.job.experiments!r} {pictures.version} {splits} {rewinds}",
        title=title,
        start_frame=0 if rewinds else None,
    )


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
