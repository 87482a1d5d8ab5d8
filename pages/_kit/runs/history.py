"""The visitor's runs, from all pages, newest first: each once, however often it was looked at."""

from dataclasses import dataclass, field

from engine.experiment.experiment import KNOBS, Experiment
from pages._kit.knobs.lens import Lens
from pages._kit.runs.outcome import Outcome

MOST = 100
"""How many runs are remembered; the oldest without a name goes first."""

NAME_LENGTH = 40


@dataclass(eq=False)
class Entry:
    """One run: the page it was made on, a number that counts up, and a name if it was given one."""

    path: str
    outcome: Outcome
    number: int
    name: str = ""

    @property
    def title(self) -> str:
        return self.name or f"Run {self.number}"

    def knobs(self, lens: Lens) -> str:
        """Return in words what differs from the page's defaults."""
        experiment = self.outcome.experiment
        told = [
            KNOBS[name].say(mine)
            for name, (mine, _) in experiment.differences(lens.defaults).items()
            if KNOBS[name].matters(experiment)
        ]
        return ", ".join(told) or "the page's defaults"


@dataclass(eq=False)
class History:
    """The runs of one visit; a run that is made again moves to the top."""

    entries: list[Entry] = field(default_factory=list)
    count: int = 0

    def find(self, path: str, experiment: Experiment) -> Entry | None:
        """Return the entry of an experiment on a page, or None."""
        for entry in self.entries:
            if entry.path == path and entry.outcome.experiment == experiment:
                return entry
        return None

    def add(self, path: str, outcome: Outcome, name: str = "") -> Entry:
        """Put a run on top and return its entry, the old one if it is already known."""
        entry = self.find(path, outcome.experiment)
        if entry is None:
            self.count += 1
            entry = Entry(path, outcome, self.count)
        else:
            self.entries.remove(entry)
        entry.outcome, entry.name = outcome, name[:NAME_LENGTH] or entry.name
        self.entries.insert(0, entry)
        if len(self.entries) > MOST:
            self.entries.remove(next((e for e in self.entries[::-1] if not e.name), entry))
        return entry

    def rename(self, entry: Entry, name: str) -> None:
        """Give an entry a name of at most NAME_LENGTH characters, or none."""
        entry.name = name.strip()[:NAME_LENGTH]

    def delete(self, entries: list[Entry]) -> None:
        """Forget some entries; those already gone are passed over."""
        self.entries = [entry for entry in self.entries if entry not in entries]
