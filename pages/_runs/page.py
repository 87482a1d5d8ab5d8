"""What others have to know of this page."""

from pages._kit.site.page import Page

PAGE = Page(
    path="runs",
    title="Runs",
    icon=":material/list_alt:",
    section="Your work",
    teaser=("Everything you have trained in this visit, to sort, compare, reopen and take away."),
)
