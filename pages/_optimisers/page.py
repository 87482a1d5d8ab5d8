"""What others have to know of this page."""

from pages._kit.site.page import Page
from pages._optimisers import prose
from pages._optimisers.lens import OPTIMISERS

PAGE = Page(
    path="optimisers",
    title="Optimisers",
    icon=":material/route:",
    section="Faster steps",
    teaser="Seven of them race on landscapes and real networks; one step in numbers, schedules.",
    lens=OPTIMISERS,
    plan=prose("teachers"),
)
