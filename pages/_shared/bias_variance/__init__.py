"""The parts of the page on bias and variance."""
