"""Finds pytest's installed plugins once a run instead of once a process.

pytest reads the metadata of every installed distribution at each start, which takes longer than everything
else in a large environment. The process that lists the benchmarks writes down what it found.
"""

import importlib
import json
import os


def remember_entry_points(path, fresh):
    """`path`: a JSON file of [name, module, attribute] rows; `fresh`: write it, whether or not it exists."""
    from _pytest.config import PytestPluginManager

    original = PytestPluginManager.load_setuptools_entrypoints

    def load_setuptools_entrypoints(self, group, name=None):
        if group != "pytest11" or name is not None:
            return original(self, group, name)
        rows = None if fresh else read(path)
        if rows is None:
            rows = find(group)
            write(path, rows)
        count = 0
        for entry, module, attribute in rows:
            if self.is_blocked(entry) or self.get_plugin(entry) is not None:
                continue
            plugin = importlib.import_module(module)
            for part in filter(None, attribute.split(".")):
                plugin = getattr(plugin, part)
            self.register(plugin, name=entry)
            count += 1
        return count

    PytestPluginManager.load_setuptools_entrypoints = load_setuptools_entrypoints


def find(group):
    from importlib.metadata import distributions

    rows = []
    for distribution in distributions():
        for entry in distribution.entry_points:
            if entry.group == group:
                module, _, attribute = entry.value.split("[")[0].partition(":")
                rows.append([entry.name, module.strip(), attribute.strip()])
    return rows


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def write(path, rows):
    temporary = "%s.%d" % (path, os.getpid())
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(rows, file)
    os.replace(temporary, path)
