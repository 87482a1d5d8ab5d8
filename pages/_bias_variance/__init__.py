"""Only of the page on bias and variance."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
