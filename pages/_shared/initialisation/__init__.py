"""The initialisation page's own parts: schemes side by side, and the panels below them."""
