"""Only of the page Runs."""
