"""Only of the page on vanishing and exploding gradients."""

from pages._kit.site.prose import Prose

prose = Prose(beside=__file__)
