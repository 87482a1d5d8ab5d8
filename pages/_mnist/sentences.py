"""What is said of a training that is watched: how far it is, and what it has reached."""

from engine.diagnosis.chance import chance_accuracy
from engine.experiment.problem import TRAIN_SAMPLE
from engine.experiment.wording import epochs, number, percent
from engine.training.early_stopping import NEVER
from pages._kit.runs.words import differences, duration, when
from pages._kit.training.live import ESTIMATE, Live
from pages._mnist.before import Before
from pages._mnist.guesses import Guesses

_MOST_TURNS = 4


def progress(live: Live) -> str:
    """Return how far a watched training is, how fast it goes and how long it will take."""
    at = f"epoch {live.epoch:.1f} of {live.experiment.epochs:,}"
    begun = at.capitalize()
    if live.is_running:
        if not live.pace:
            return begun
        left = duration(live.seconds_left or 0.0)
        digits = f"{live.pace * live.trainer.problem.train.m:,.0f} digits"
        return f"{begun} · {number(live.pace)} epochs or {digits} a second · about {left} left"
    if live.is_finished:
        is_over = live.trainer.finished
        return f"{begun} · {'trained' if is_over else 'stopped'} in {duration(live.seconds)}"
    return f"Paused at {at}" if live.epoch else f"{begun} · not trained yet"


def reached(live: Live, before: Before | None) -> str:
    """Return in one sentence what a training has reached, beside chance and the one before."""
    run, problem = live.run(), live.trainer.problem
    told = (
        f"{when(run)} on {problem.train.m:,} digits **{percent(run.final('test_accuracy'))}** of "
        f"the {problem.test.m:,} test digits are read right; always naming the most common one "
        f"gets {percent(chance_accuracy(problem.test.y))}."
    )
    if before is None:
        return told
    differ = differences(before.experiment, live.experiment)
    was = percent(before.test_accuracy)
    return f"{told} Grey, before: {was}, with {differ}." if differ else told


def guessed(seen: Guesses) -> str:
    """Return how many of the digits shown are read right."""
    right = int(seen.is_right.sum())
    return f"It reads {right} of these {len(seen.labels)} right."


def cost(live: Live) -> str:
    """Return in one sentence what the cost of a watched training is, and how it was measured."""
    run, split = live.run(), live.held_out
    m = live.trainer.problem.splits[split].m
    cost, after = number(run.final(f"{split}_cost")), epochs(run.kept_epoch)
    told = f"The {split} cost is {cost} after {after} (◆, all {m:,} {split} digits)"
    if live.estimates:
        return (
            f"{told}; on the way {min(m, ESTIMATE):,} of them are looked at. Each point of the "
            "solid curve is the mean over the mini-batches just before it, as they were met"
            f"{', with units switched off' if _is_thinned(live) else ''}."
        )
    return f"{told}, the training cost {number(run.final('train_cost'))}."


def besides(live: Live) -> str:
    """Return in one sentence how the digits are read that are not the test's."""
    run, problem = live.run(), live.trainer.problem
    seen = min(problem.train.m, TRAIN_SAMPLE)
    which = "all" if seen == problem.train.m else f"{seen:,} of the"
    told = f"Of {which} training digits {percent(run.final('train_accuracy'))} are read right"
    if problem.dev.m:
        told += f", of the {problem.dev.m:,} dev digits {percent(run.final('dev_accuracy'))}"
    told += "."
    if not _is_thinned(live):
        return told
    off = percent(1 - live.experiment.keep_prob)
    return (
        f"{told} While it learns, dropout switches off {off} of the hidden units: the solid curve "
        f"is that of a thinned network, another one at each step, and the {live.held_out} digits "
        "meet the whole one. So it is no miracle if they are read better."
    )


def ending(live: Live) -> str:
    """Return why a watched training ended before its last epoch, or nothing."""
    trainer = live.trainer
    if trainer.has_diverged:
        return (
            f"The numbers left the finite range in epoch {int(trainer.diverged_at):,}: training "
            "diverged, and the curves end before that. A smaller learning rate helps."
        )
    if trainer.stopped_at != NEVER:
        return (
            f"Early stopping ended it after epoch {int(trainer.stopped_at):,}: the dev cost had no "
            f"new minimum for {epochs(live.experiment.patience)}. The network of epoch "
            f"{int(trainer.best_epoch):,}, where it was least, is kept."
        )
    return ""


def adjusted(live: Live) -> str:
    """Return where knobs were turned on the way, and what a link can repeat; or nothing."""
    turned = [adjustment for adjustment in live.adjustments if adjustment.text]
    if not turned:
        return ""
    told = "; ".join(
        f"at epoch {adjustment.epoch:.2f} {adjustment.text}" for adjustment in turned[-_MOST_TURNS:]
    )
    many = len(turned) - _MOST_TURNS
    earlier = f" and {many:,} earlier" if many > 0 else ""
    return (
        f"Turned on the way: {told}{earlier}. The link repeats the knobs as they are now, from the "
        "start, which gives other curves."
    )


def _is_thinned(live: Live) -> bool:
    """Whether the training curve was measured on mini-batches, with units switched off."""
    has_dropout = bool(live.experiment.hidden) and live.experiment.keep_prob < 1
    return has_dropout and any(snapshot.batch_cost is not None for snapshot in live.passed)
