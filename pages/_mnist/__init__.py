"""Only of the MNIST page."""
