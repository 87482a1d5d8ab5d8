"""The coach on a page: what it sees in a run, what it has tried against it, and the page on why."""

from collections.abc import Callable

import streamlit as st

from engine.diagnosis.evidence import Evidence
from engine.diagnosis.trials import Advice, Offer
from engine.experiment.experiment import KNOBS, Experiment
from engine.experiment.knobs import Flag
from engine.experiment.wording import counted, listed, number, percent
from engine.training.run import Run
from pages._kit.knobs.lens import Lens
from pages._kit.runs import words
from pages._kit.site import elements, jobs, session, sitemap
from pages._kit.site.visit import Visit
from pages._kit.training import cache
from pages._kit.training.coaching import Coaching

_ON = "coach"

Apply = Callable[[Lens, Experiment], None]


def show(visit: Visit, run: Run, apply: Apply = session.set_knobs, note: str = "") -> None:
    """Say what there is to mend in a finished run, unless the visitor has turned the coach off.

    `apply` makes the page show another experiment; it is called back when that is asked for. `note`
    is said beside it, where the network on the page is not quite this run's. In a
    lesson there is no coach, because it would give the answer away. But that a run diverged is
    always said, and here is the place for it.
    """
    if visit.lesson is not None:
        _say_divergence(run)
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            place = st.container()
            is_on = elements.switch("Coach", _ON)
        if not is_on:
            place.markdown("The coach is off.")
            advice, is_over = list[Advice](), True
        else:
            advice, is_over = _advice(visit, run)
            place.markdown(_summary(run, advice))
        elements.slot((lambda: elements.caption(note)) if note and is_on else None)
        for piece in advice:
            _mend(visit.lens, run, piece, apply, is_over=is_over)
        if any(piece.offers and piece.offers[0].split == "test" for piece in advice):
            elements.caption(
                "Judged by the test samples, as no dev set is held out. Who chooses by them finds "
                "them kinder than new ones will be."
            )
    if not is_on:
        _say_divergence(run)


def _advice(visit: Visit, run: Run) -> tuple[list[Advice], bool]:
    """Return the advice as far as it goes, and whether all trials are over."""
    lens = visit.lens
    coaching = cache.coaching(lens.path, run.experiment, lambda: Coaching(run, lens.turned))
    if coaching.is_over or not coaching.job.experiments:
        return coaching.advice(), True
    job = coaching.job
    key = f"{lens.path}.coach.job"
    doing = "The coach tries what would help"
    watched = jobs.watch(key, job.experiments, lambda: job, doing, is_patient=True)
    advice = coaching.advice()
    if not coaching.is_over:
        visit.follow(lambda: jobs.play(watched))
    return advice, coaching.is_over


def _say_divergence(run: Run) -> None:
    if run.diverged_at is not None:
        st.warning(words.diverged(run), icon=":material/trending_up:")


def _summary(run: Run, advice: list[Advice]) -> str:
    if advice:
        count = ("one thing", "two things", "three things")[len(advice) - 1]
        return f":material/sports: **The coach sees {count} to mend.**"
    evidence = Evidence(run)
    names = {"train": "training", "dev": "dev", "test": "test"}
    errors = [
        f"{percent(1 - run.final(f'{split}_accuracy'))} of the {name}"
        for split, name in names.items()
        if f"{split}_accuracy" in run.history
    ]
    cost = number(run.final("train_cost"))
    return (
        f":material/check_circle: The coach sees nothing to mend: {listed(errors)} samples are "
        f"wrong, at a cost of {cost}. The most common class alone gets "
        f"{percent(1 - evidence.chance_accuracy)} wrong."
    )


def _mend(lens: Lens, run: Run, advice: Advice, apply: Apply, is_over: bool) -> None:
    """Draw a finding, a button for each change that has been seen to help, and why."""
    finding = advice.finding
    if finding.name == "diverged":
        st.warning(finding.seen, icon=":material/trending_up:")
        st.markdown(finding.advice)
    else:
        st.markdown(f"**{finding.title}.** {finding.seen} {finding.advice}")
    for place, offer in enumerate(advice.offers):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                label(offer.after, run.experiment), icon=":material/build:", on_click=apply,
                args=(lens, offer.after), key=f"{lens.path}.coach.{finding.name}.{place}",
                type="secondary" if place == 0 else "tertiary",
                help="Train again from the same seeds, with this changed.",
            )  # fmt: skip
            st.caption(_brought(offer), width="content")
    if is_over and not advice.offers and advice.tried + advice.untried:
        elements.caption(_in_vain(advice))
    page = sitemap.explaining(finding.topic)
    if page.path != lens.path:
        st.page_link(page.file, label=f"Why: {page.title}", icon=":material/help:")


def _in_vain(advice: Advice) -> str:
    """Return what was tried where nothing has been seen to help."""
    told = {
        0: "",
        1: "The one change that was tried on this page does not make it better. ",
    }.get(advice.tried, f"None of the {advice.tried} changes tried on this page makes it better. ")
    if not advice.untried:
        return told.strip()
    others = counted(advice.untried, "other change" if advice.tried else "change")
    return f"{told}To try {others} would take too long here: turn the knobs and see."


def _brought(offer: Offer) -> str:
    """Return what a change has brought, in numbers."""
    if offer.cost is None or offer.error is None:
        return "tried: the numbers stay finite"
    name = "training" if offer.split == "train" else offer.split
    cost_before, cost_after = map(number, offer.cost)
    error_before, error_after = map(percent, offer.error)
    told = f"tried: {name} cost {cost_before} → {cost_after}"
    if error_before != error_after:
        told += f", {error_before} → {error_after} wrong"
    return f"{told} (both trained for a shorter time)" if offer.is_shorter else told


def label(after: Experiment, before: Experiment) -> str:
    """Return what a button does: "Use one hidden layer of 8 units, and set λ to 0 and ..."."""
    turned = {name: new for name, (new, _) in after.differences(before).items()}
    told = []
    if "hidden" in turned:
        said = KNOBS["hidden"].say(turned.pop("hidden"))
        told.append(f"use {said.replace('1 ', 'one ', 1) if said.startswith('1 ') else said}")
    told += [
        f"{'' if new else 'do not '}{_uncapitalised(KNOBS[name].label)}"
        for name, new in turned.items()
        if isinstance(KNOBS[name], Flag)
    ]
    turns = [
        f"{_uncapitalised(KNOBS[name].label)} to {_in_brackets(KNOBS[name].show(new))}"
        for name, new in turned.items()
        if not isinstance(KNOBS[name], Flag)
    ]
    told += [f"set {listed(turns)}"] if turns else []
    sentence = ", and ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}"


def _in_brackets(title: str) -> str:
    """Return a title with what follows its comma in brackets: in a list, commas part the knobs."""
    name, comma, rest = title.partition(", ")
    return f"{name} ({rest})" if comma else title


def _uncapitalised(label: str) -> str:
    """Return a label as it stands within a sentence; L2 keeps its capital."""
    return label if label[1:2].isdigit() else label[0].lower() + label[1:]
