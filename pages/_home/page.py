"""What others have to know of this page."""

from pages._home import invitations
from pages._kit.site.page import Page
from pages._kit.training import cache

PAGE = Page(
    path="home",
    title="Start",
    icon=":material/home:",
    teaser="What this is, and where to go.",
    prepare=lambda: cache.in_background(invitations.cards),
)
