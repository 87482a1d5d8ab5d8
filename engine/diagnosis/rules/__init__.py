"""What the coach suspects: one module for each kind of fault."""
