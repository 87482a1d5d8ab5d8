"""Every page's lens: what the page shows, and where it starts."""

from pages._shared.lenses.bias_variance import BIAS_VARIANCE
from pages._shared.lenses.initialisation import INITIALISATION
from pages._shared.lenses.mnist import MNIST
from pages._shared.lenses.regularisation import REGULARISATION
from pages._shared.lenses.vanishing import VANISHING
from pages._shared.lenses.xor import XOR

__all__ = ["BIAS_VARIANCE", "INITIALISATION", "MNIST", "REGULARISATION", "VANISHING", "XOR"]
