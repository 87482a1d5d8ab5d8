"""What the page on vanishing and exploding gradients is made of: its picture and its panels."""
