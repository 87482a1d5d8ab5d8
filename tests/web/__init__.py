"""What the engine says where the JavaScript must say the same: `python -m tests.web` writes it."""
