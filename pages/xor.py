"""Can a straight line separate XOR, and if not, what can?"""

import streamlit as st

from pages._shared import frame, lenses, panels, pins, stage, story, words

PANELS = ("The story", "Seeds, not luck", "Compare", "Experiments", "The maths")
LENS = lenses.XOR

visit = frame.open_lens(LENS, "Which network can tell XOR apart?", ("epoch", "pins", "panel"))
notes = visit.notes
if visit.extras is not None:
    pinned, unusable = pins.read(LENS, visit.extras.get("pins", ""))
    notes = [*notes, *unusable]
    frame.put("xor.pins", pinned)
    frame.put("xor.panel", visit.extras.get("panel"))
frame.say(notes)

shown = stage.show(LENS, visit.experiment, "XOR", epoch=words.parse_epoch(visit.extras))
if shown.run.diverged_at is not None:
    st.warning(words.diverged(shown.run), icon=":material/trending_up:")

panel = frame.choose("Below the picture", PANELS, "xor.panel")
if panel == PANELS[0]:
    story.show(LENS, shown)
elif panel == PANELS[1]:
    panels.seeds(LENS, visit.experiment)
elif panel == PANELS[2]:
    panels.compare(LENS, shown.run)
elif panel == PANELS[3]:
    panels.challenges(LENS, shown.run)
else:
    st.markdown(words.prose("xor_maths"))

visit.close(
    epoch="" if shown.is_end else f"{shown.epoch:g}",
    pins=pins.write(LENS, frame.keep("xor.pins", list)),
    panel="" if panel == PANELS[0] else panel,
)
