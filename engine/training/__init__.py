"""How a network learns: mini-batches, epochs, stopping, and many runs at once."""
