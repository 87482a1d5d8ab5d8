"""Panels that several pages have below their picture."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
