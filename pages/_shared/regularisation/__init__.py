"""The regularisation page: runs side by side, what is inside them, and how strong is best."""
