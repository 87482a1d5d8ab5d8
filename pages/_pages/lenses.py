"""Every page's lens: what the page shows, and where it starts."""

from pages._bias_variance.lens import BIAS_VARIANCE
from pages._initialisation.lens import INITIALISATION
from pages._mnist.lens import MNIST
from pages._regularisation.lens import REGULARISATION
from pages._vanishing.lens import VANISHING
from pages._xor.lens import XOR

__all__ = ["BIAS_VARIANCE", "INITIALISATION", "MNIST", "REGULARISATION", "VANISHING", "XOR"]
