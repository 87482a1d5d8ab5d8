"""What became of a regularised run, in words with its numbers."""

from engine.diagnosis.gaps import best_error
from engine.experiment.experiment import Experiment
from engine.experiment.problem import network_of
from engine.experiment.wording import are, counted, epochs, number, percent, points
from engine.inspection.shrinkage import tiny_share, weights
from engine.training.run import Run
from pages._regularisation.pictures import final_errors
from pages._regularisation.regularisers import REGULARISERS, SYMBOLS, is_off, settings


def verdict(
    run: Run, name: str, knobs: Experiment, without: Run | None, is_done: bool = True
) -> str:
    """Return how a run ended, against the one without regularisation if that is shown.

    Of one that is still being trained, or that diverged, only the errors are told.
    """
    if not len(run.history["epoch"]):
        return "Its numbers were not finite from the start."
    train, dev = final_errors(run)
    strength = settings(knobs, name)
    told = [f"With {strength}."] if strength else []
    if not is_done:
        told.append(f"So far it has been trained for {epochs(int(run.history['epoch'][-1]))}.")
        return " ".join(told)
    if run.diverged_at is not None:
        told.append("These are its last finite numbers: a smaller learning rate helps.")
        return " ".join(told)
    if name != "plain" and is_off(knobs, name):
        knob = " and ".join(SYMBOLS[term] for term in REGULARISERS[name].knobs)
        told.append(f"It is off: {knob} does nothing at this value, so no difference is due to it.")
    elif name != "plain" and without is not None and len(without.history["epoch"]):
        told.append(_against(train, dev, *final_errors(without)))
    elif name == "plain":
        told.append(_alone(train, dev, best_error(run.experiment)))
    if "l1" in REGULARISERS[name].knobs:
        layout = network_of(run.experiment).layout
        count = weights(layout, run.theta).shape[-1]
        tiny = round(float(tiny_share(layout, run.theta)) * count)
        told.append(f"{tiny:,} of {counted(count, 'weight')} {are(tiny)} below 0.001.")
    if run.best_epoch is not None:
        told.append(f"{_stopped(run)} Train {percent(train)} wrong, dev {percent(dev)}.")
    return " ".join(told)


def note(run: Run, is_done: bool) -> str:
    """Return what is to be said on a run's picture."""
    if run.diverged_at is not None:
        return f"diverged in epoch {run.diverged_at:,}"
    if run.stopped_at is not None:
        return f"stopped in epoch {run.stopped_at:,}; that of epoch {run.kept_epoch:,} is kept"
    return "" if is_done else "training ..."


def _alone(train: float, dev: float, best: float) -> str:
    gap = dev - train
    if gap >= 0.05:
        return f"Gap {points(gap)}: what it learned by heart and cannot use."
    if train >= best + 0.15:
        return "The gap is small and both errors are large: it does not overfit, it underfits."
    return "The gap is small: there is little for a regulariser to do here."


def _against(train: float, dev: float, train_without: float, dev_without: float) -> str:
    gap, gap_without = dev - train, dev_without - train_without
    better, worse = dev < dev_without - 1e-9, dev > dev_without + 1e-9
    closing = f"Gap {points(gap).removesuffix(' points')} instead of {points(gap_without)}"
    if better:
        return f"{closing}, dev error {points(dev_without - dev)} lower: it helps."
    if worse and train > train_without + 0.1:
        return (
            f"{closing}, but dev error {points(dev - dev_without)} higher, as it no longer fits "
            "the training points either: too strong."
        )
    if worse:
        return f"{closing}, but dev error {points(dev - dev_without)} higher: no help here."
    return f"{closing}, at the same dev error."


def _stopped(run: Run) -> str:
    if run.stopped_at is None:
        return (
            f"Its patience was never over. The network of epoch {run.kept_epoch:,}, where the dev "
            "cost was least, is kept."
        )
    cost = number(run.final("dev_cost"))
    return (
        f"The dev cost was least after epoch {run.kept_epoch:,} ({cost}) and that network is "
        f"kept; training ended in epoch {run.stopped_at:,}."
    )
