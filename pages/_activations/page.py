"""What others have to know of this page."""

from pages._activations import prose
from pages._kit.site.page import Page

PAGE = Page(
    path="activations",
    title="Activations and outputs",
    icon=":material/show_chart:",
    section="A neuron, a network",
    teaser="Every activation with its slope, softmax with its Jacobian, and which output to take.",
    plan=prose("teachers"),
)
