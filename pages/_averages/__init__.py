"""Only of the page of exponentially weighted averages."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
