"""What runs inside a measured Python process. Python 3.9 and later; no dependencies."""
