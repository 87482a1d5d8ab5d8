"""What one training is: its knobs, its link, and the samples and network that follow from it."""
