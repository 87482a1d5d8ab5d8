"""Only of the page of a single step."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
