"""Whether gradients are right: check-ups, and bugs planted to be found."""
