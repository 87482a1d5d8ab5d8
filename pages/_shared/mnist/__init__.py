"""The panels of the MNIST page."""
