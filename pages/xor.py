"""Can a straight line separate XOR, and if not, what can?"""

import streamlit as st

from pages._shared import frame, lenses, panels, pins, stage, story, words

PANELS = ("The story", "Seeds, not luck", "Compare", "Experiments", "The maths")

visit = frame.open_lens(
    lenses.XOR, "Which network can tell XOR apart?", extras=("epoch", "pins", "panel")
)
opened = lenses.XOR.path
if visit.extras is not None:
    frame.put(f"{opened}.pins", pins.read(lenses.XOR, visit.extras.get("pins", ""))[0])
    if visit.extras.get("panel") in PANELS:
        frame.put(f"{opened}.panel", visit.extras["panel"])

shown = stage.show(lenses.XOR, visit.experiment, "XOR", epoch=words.parse_epoch(visit.extras))
if shown.run.diverged_at is not None:
    st.warning(words.diverged(shown.run), icon=":material/trending_up:")

frame.keep(f"{opened}.panel", lambda: PANELS[0])
panel = st.segmented_control(
    "Below the picture", PANELS, required=True, key=f"{opened}.panel", label_visibility="collapsed"
)
if panel == PANELS[0]:
    story.show(lenses.XOR, shown)
elif panel == PANELS[1]:
    panels.seeds(lenses.XOR, visit.experiment)
elif panel == PANELS[2]:
    panels.compare(lenses.XOR, shown.run)
elif panel == PANELS[3]:
    panels.challenges(lenses.XOR, shown.run)
else:
    st.markdown(words.prose("xor_maths"))

visit.close(
    epoch="" if shown.is_end else f"{shown.epoch:g}",
    pins=pins.write(lenses.XOR, frame.keep(f"{opened}.pins", list)),
    panel="" if panel == PANELS[0] else panel,
)
