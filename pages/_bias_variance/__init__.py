"""Only of the page on bias and variance."""
