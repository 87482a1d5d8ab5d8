"""What one can see in a network, trained or not."""
