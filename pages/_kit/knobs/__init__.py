"""What a page lets one choose: its lens, and the controls drawn from it."""
