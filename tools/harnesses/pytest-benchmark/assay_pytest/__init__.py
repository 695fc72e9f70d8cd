"""Our plugin for pytest: the benchmark fixture, driven by a request."""
