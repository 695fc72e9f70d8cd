import { describe, expect, it } from 'vitest';
import { addDevelopmentPackages, declaredPackages } from './dependencies.ts';

const both = ['pytest', 'pytest-benchmark'] as const;

describe('addDevelopmentPackages', () => {
  it.each([
    [
      'makes the group where there is none',
      '[project]\nname = "a"',
      '[project]\nname = "a"\n\n[dependency-groups]\ndev = ["pytest>=8", "pytest-benchmark>=5"]\n',
    ],
    [
      'adds to a list in one line',
      '[dependency-groups]\ndev = ["ruff"]\n[project]\nname = "a"\n',
      '[dependency-groups]\ndev = ["ruff", "pytest>=8", "pytest-benchmark>=5"]\n[project]\nname = "a"\n',
    ],
    [
      'adds to an empty list',
      '[dependency-groups]\ndev = []\n',
      '[dependency-groups]\ndev = ["pytest>=8", "pytest-benchmark>=5"]\n',
    ],
    [
      'adds the key to a table that lacks it',
      '[dependency-groups] # groups\ntest = ["x"]\n',
      '[dependency-groups] # groups\ndev = ["pytest>=8", "pytest-benchmark>=5"]\ntest = ["x"]\n',
    ],
    [
      'keeps brackets and hashes in strings and comments, and CRLF',
      '[dependency-groups]\r\ndev = [\r\n    "a[b]>=1; python_version < \'3#\'", # ] not the end\r\n]\r\n',
      '[dependency-groups]\r\ndev = [\r\n    "a[b]>=1; python_version < \'3#\'", # ] not the end\r\n    "pytest>=8",\r\n    "pytest-benchmark>=5",\r\n]\r\n',
    ],
    [
      'writes a group of Poetry',
      '[tool.poetry]\nname = "a"\n\n[tool.poetry.group.dev.dependencies]\nruff = "*"\n\n[build-system]\nrequires = []\n',
      '[tool.poetry]\nname = "a"\n\n[tool.poetry.group.dev.dependencies]\nruff = "*"\npytest = "^8.0"\npytest-benchmark = "^5.0"\n\n[build-system]\nrequires = []\n',
    ],
    [
      'makes the group of Poetry',
      '[tool.poetry]\nname = "a"\n',
      '[tool.poetry]\nname = "a"\n\n[tool.poetry.group.dev.dependencies]\npytest = "^8.0"\npytest-benchmark = "^5.0"\n',
    ],
    [
      'adds to the extra where a project uses extras',
      '[project]\nname = "a"\n[project.optional-dependencies]\ndev = ["ruff"]\n',
      '[project]\nname = "a"\n[project.optional-dependencies]\ndev = ["ruff", "pytest>=8", "pytest-benchmark>=5"]\n',
    ],
  ])('%s', (_, before, after) => {
    expect(addDevelopmentPackages(before, both)?.text).toBe(after);
  });

  it.each([
    ['a broken file', '[project\nname = '],
    ['a group written inline', 'dependency-groups = { dev = ["a"] }\n'],
  ])('leaves %s to the human', (_, text) => {
    expect(addDevelopmentPackages(text, both)).toBeUndefined();
  });
});

describe('declaredPackages', () => {
  it('reads every way of declaring one', () => {
    const text = `
[project]
dependencies = ["Requests>=2 ; python_version > '3'"]
optional-dependencies.test = ["pytest_benchmark[histogram]"]
[tool.poetry.group.dev.dependencies]
pytest = { version = "^8", extras = ["x"] }
ruff = "*"
[dependency-groups]
dev = ["mypy", { include-group = "test" }]
`;
    expect(declaredPackages(text)).toEqual(
      expect.arrayContaining(['requests', 'pytest-benchmark', 'pytest', 'ruff', 'mypy']),
    );
  });
});
