"""The engine's numbers against those of other libraries, which know nothing of it."""
