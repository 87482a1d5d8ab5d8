"""Only of the page of activations and outputs."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
