"""Seven optimisers: a race on landscapes and slices of a network's cost, then real networks."""

from pages._kit.site import elements, stage
from pages._kit.site.visit import open_lens
from pages._optimisers import picture
from pages._optimisers.lens import OPTIMISERS as LENS

visit = open_lens(LENS, "Which way down is fastest?")
elements.say(visit.notes)
shown = stage.show(visit, picture.show, lambda experiment: ())
visit.close()
