"""How well does the notes' network read handwritten digits?"""

import streamlit as st

from pages._shared import cache, charts, frame, gallery, lenses, words
from pages._shared.live import Live
from pages._shared.mnist import inside, mistakes

visit = frame.open_lens(lenses.MNIST, "How well does a small network read handwriting?")
experiment = visit.experiment
frame.say(visit.notes)
live: Live = frame.keep("mnist.live", lambda: cache.finished(lenses.MNIST.defaults))


def train() -> None:
    frame.put("mnist.live", Live(experiment, is_running=True))


def stop() -> None:
    live.is_running = False


def go_on() -> None:
    live.is_running = True


left, middle, right = st.columns([1, 1, 4], vertical_alignment="center")
left.button("Train", type="primary", on_click=train, width="stretch", disabled=live.is_running)
if live.is_running or live.is_finished:
    middle.button("Stop", on_click=stop, width="stretch", disabled=not live.is_running)
else:
    middle.button("Go on", on_click=go_on, width="stretch")
with right:
    progress = st.empty()
if live.experiment != experiment:
    st.info(
        "These curves are from other settings: "
        + words.differences(live.experiment, experiment)
        + ". Train to see what the new ones do.",
        icon=":material/history:",
    )
cost, accuracy = st.columns(2)
places = [place.empty() for place in (cost, accuracy)]
sentence = st.empty()
panels = {
    "Digits": lambda: gallery.show(live),
    "See inside": lambda: inside.show(live),
    "Mistakes": lambda: mistakes.show(live),
}
visit.close(panel=visit.panels(panels))


def draw() -> None:
    progress.progress(live.share, words.progress(live))
    places[0].vega_lite_chart(charts.cost_curve(live.passed), width="stretch")
    places[1].vega_lite_chart(charts.accuracy_curve(live.passed), width="stretch")
    sentence.caption(words.watched(live))


while live.is_running:
    with cache.turn:
        live.work(0.08)
    draw()
    if not live.is_running:
        st.rerun()
draw()
