"""Only of the initialisation page."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
