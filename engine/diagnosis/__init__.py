"""What the numbers of a run say is wrong, and what helps."""
