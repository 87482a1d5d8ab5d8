"""One step of gradient descent, line by line, and what every cell of it is made of."""
