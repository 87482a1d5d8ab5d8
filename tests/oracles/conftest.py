"""What of this folder is no test: a script for another interpreter, which has PyTorch."""

collect_ignore = ["reference.py"]
