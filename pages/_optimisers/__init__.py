"""Only of the page of optimisers."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
