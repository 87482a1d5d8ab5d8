"""What others have to know of this page."""

from pages._kit.site.page import Page

PAGE = Page(
    path="home",
    title="Start",
    icon=":material/home:",
    teaser="What this is, and where to go.",
)
