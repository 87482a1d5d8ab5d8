"""Only of the initialisation page."""
