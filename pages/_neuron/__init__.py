"""Only of the page of a single neuron."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
