"""Only of the XOR page."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
