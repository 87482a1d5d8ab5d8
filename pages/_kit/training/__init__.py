"""Training in one's turn: the queue, jobs in slices, what is shared between visitors."""
