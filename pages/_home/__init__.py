"""Only of the start page."""
