"""Only of the regularisation page."""
