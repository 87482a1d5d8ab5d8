"""Panels that several pages have below their picture."""
