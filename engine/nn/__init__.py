"""Networks: layers, activations, losses, gradients, and how parameters start."""
