"""Only of the page on vanishing and exploding gradients."""
