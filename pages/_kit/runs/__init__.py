"""What is known of runs that have been trained: outcomes, history, pins, and words for them."""
