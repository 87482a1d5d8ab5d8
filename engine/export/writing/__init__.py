"""How a script is written: data, network and training, piece by piece."""
