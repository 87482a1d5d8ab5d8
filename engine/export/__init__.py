"""Scripts and weight files that repeat a run without this program."""
