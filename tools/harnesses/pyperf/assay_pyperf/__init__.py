"""A Runner for pyperf scripts, driven by a request."""
