"""A class of thirty on one server: `python -m tests.load` drives the sessions and measures."""
