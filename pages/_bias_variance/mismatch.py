"""Training on one kind of digits, being used on another: the four errors, and what helps."""

import math

import streamlit as st

from engine.data.samples import Samples
from engine.data.shift import SHIFTS
from engine.diagnosis.gaps import HUMAN_ERROR
from engine.diagnosis.notes_cases import MISMATCHED
from engine.diagnosis.studies import quartiles, share_curve
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.wording import percent, points
from engine.nn.types import Array
from pages._bias_variance import charts, prose, sentences, verdict
from pages._bias_variance.verdict import Scale, Seen
from pages._kit.site import elements, jobs, session
from pages._kit.site.visit import Visit
from pages._kit.tiles import Tile, tiles
from pages._kit.training import cache

TITLE = "Mismatched sets"

_SEEDS = 3
_DIGITS = 10


def show(visit: Visit, seen: Seen, scale: Scale) -> None:
    """Draw both kinds of digits, the four errors, and a study of the target share."""
    is_own = visit.experiment.shift != "none"
    experiment = visit.experiment if is_own else MISMATCHED
    st.markdown(prose("mismatch"))
    _kinds(visit, experiment, is_own=is_own)
    _examples(experiment)
    if not is_own:
        seen = _example(visit, scale)
    if seen.is_told:
        _table(seen)
    _study(visit, experiment, scale)


def _kinds(visit: Visit, experiment: Experiment, *, is_own: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Users send digits that are")
        for kind in SHIFTS:
            st.button(
                KNOBS["shift"].show(kind),
                key=f"{visit.lens.path}.shift.{kind}",
                type="primary" if kind == experiment.shift else "secondary",
                help=f"{SHIFTS[kind].meaning} The page's knobs follow.",
                disabled=is_own and kind == experiment.shift,
                on_click=session.set_knobs,
                args=(visit.lens, experiment.but(shift=kind)),
            )
    if not is_own:
        elements.caption(
            "This panel shows an example of its own, as the network above is not given digits that "
            "differ from its training digits. Choose a kind to put it on the page."
        )


def _examples(experiment: Experiment) -> None:
    problem, plain = map(cache.samples_of, (experiment, experiment.but(target_share=0.0)))
    strength = KNOBS["shift_strength"].show(experiment.shift_strength)
    kind = KNOBS["shift"].show(experiment.shift).lower()
    left, right = st.columns(2)
    with left:
        st.markdown("**The training digits at hand**")
        tiles(_tiles(plain.train), "Training digits", key="bias_variance.clean", size=44)
    with right:
        st.markdown(f"**What users send** ({kind}, strength {strength})")
        tiles(_tiles(problem.dev), "Digits of the target", key="bias_variance.sent", size=44)


def _tiles(samples: Samples) -> list[Tile]:
    chosen = samples.index[:_DIGITS]
    return [
        Tile(k, samples.rows[row], str(label), f"a {label}")
        for k, (row, label) in enumerate(zip(chosen, samples.labels[chosen], strict=True))
    ]


def _example(visit: Visit, scale: Scale) -> Seen:
    watched = jobs.follow(visit, [MISMATCHED], part="mismatch", snapshots=2)
    (run,) = watched.job.runs()
    return verdict.look(visit, run, scale, is_over=watched.job.finished)


def _table(seen: Seen) -> None:
    diagnosis = seen.diagnosis
    if diagnosis is None:
        st.markdown("Training diverged at once, so there are no errors.")
        return
    rows = [("People", f"{percent(diagnosis.best)} (an estimate)", "")]
    gaps = {"train": "avoidable_bias", "train_dev": "variance", "dev": "mismatch"}
    names = {
        "train": "Training", "train_dev": "Training-dev", "dev": "Dev (target)",
        "test": "Test (target)",
    }  # fmt: skip
    for split, name in names.items():
        rate, gap = diagnosis.rates.get(split), diagnosis.gaps.get(gaps.get(split, ""))
        between = "" if gap is None else (
            f"{gaps[split].replace('_', ' ')} {points(gap.value)}"
            f"{', high' if gap.is_high else ''}"
        )  # fmt: skip
        if rate is not None:
            rows.append((name, f"{percent(rate.error)} ({sentences.counted(rate)})", between))
        elif split == "test":
            rows.append((name, "sealed", ""))
    titles = ("Set", "Error", "More than the row above")
    st.table(dict(zip(titles, map(list, zip(*rows, strict=True)), strict=True)), width="content")
    if "train_dev" in diagnosis.rates:
        st.markdown(_told(diagnosis.high))


def _told(high: tuple[str, ...]) -> str:
    if "mismatch" in high:
        return (
            "Training-dev and dev set differ in nothing but where their digits come from. So this "
            "gap is the mismatch, and more training digits of the old kind would not close it."
        )
    return "Between training-dev and dev set there is no high gap: the mismatch does little harm."


def _study(visit: Visit, experiment: Experiment, scale: Scale) -> None:
    st.markdown("**What some target digits in the training set do**")
    study = share_curve(experiment, _SEEDS)
    watched = jobs.follow(visit, study.experiments, part="shares", snapshots=0)
    runs, done = watched.job.runs(), watched.job.done()
    bands = {
        split: quartiles(study.errors(runs, done, split)) for split in ("train", "train_dev", "dev")
    }
    best = HUMAN_ERROR if scale.best is None else scale.best
    share = experiment.target_share
    marked = share if share in study.values else study.values[0]
    elements.chart(
        charts.study(
            study.values, bands, best, marked, "Share of target digits in training", "share"
        ),
        share_told(study.values, bands["dev"].median),
        key="bias_variance.shares",
    )


def share_told(values: tuple[float, ...], dev: Array) -> str:
    """Return where the median dev error begins and ends."""
    known = [
        (value, error) for value, error in zip(values, dev, strict=True) if not math.isnan(error)
    ]
    if len(known) < 2:
        return f"Median and quartiles of {_SEEDS} seeds, drawn as they come."
    (first, before), (last, after) = known[0], known[-1]
    return (
        f"Median and quartiles of {_SEEDS} seeds. The dev error goes from {percent(before)} with "
        f"{percent(first)} target digits to {percent(after)} with {percent(last)}; the number of "
        "training digits stays the same."
    )
