"""Only of the XOR page."""
