"""Only of the page of batch sizes."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
