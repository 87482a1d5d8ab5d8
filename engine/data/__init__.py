"""The data sets, and what is done to samples before a network sees them."""
