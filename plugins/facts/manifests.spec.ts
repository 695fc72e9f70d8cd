import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { configFacts } from './capability-config.ts';
import { packageFacts } from './package-json.ts';
import { projectJsonFacts } from './project-json.ts';
import { pyprojectFacts } from './pyproject.ts';
import { shadowedTargets } from './shadowed-targets.ts';

describe('packageFacts', () => {
  it('draws names, scripts, targets and workspaces', () => {
    const source =
      '{ "name": "a", "scripts": { "bench": "x", "b": "y" }, "workspaces": { "packages": ["p/*", 1] },' +
      ' "nx": { "name": "b", "targets": { "t": { "command": "z" }, "u": {} } } }';
    expect(packageFacts(source)).toEqual({
      name: 'a',
      nxName: 'b',
      hasNx: true,
      scripts: ['bench', 'b'],
      targets: [{ name: 't', runs: 'command' }, { name: 'u' }],
      workspaces: ['p/*'],
    });
  });

  it('counts only the scripts that Nx includes', () => {
    expect(packageFacts('{"scripts":{"bench":"x","b":"y"},"nx":{"includedScripts":["b"]}}').scripts).toEqual([
      'b',
    ]);
  });

  it('forgives comments and trailing commas, not a missing brace', () => {
    expect(packageFacts('{ // why\n "name": "a//b", /* x */ }').name).toBe('a//b');
    expect(() => packageFacts('{ "name": "a"')).toThrow(/JSON/);
    expect(() => packageFacts('\uFEFF{ "name": "a" }')).toThrow(/JSON/);
    expect(() => packageFacts('[]')).toThrow('no object');
  });
});

describe('pyprojectFacts', () => {
  it('reads PEP 621, dependency groups and uv sources', () => {
    const source = `
      [project]
      name = "Shop.Pricing"
      dependencies = ["shop_rules>=1 ; python_version > '3.9'", "httpx[http2]~=0.27", "near @ file:../near"]
      [project.optional-dependencies]
      fast = ["Orjson"]
      [dependency-groups]
      dev = ["pytest", { include-group = "lint" }]
      [tool.uv.sources]
      shop-rules = { workspace = true }
      money = [{ path = "../money", marker = "sys_platform == 'linux'" }, { git = "https://example.com/m" }]
    `;
    expect(pyprojectFacts(source, parse)).toEqual({
      name: 'Shop.Pricing',
      requires: ['shop-rules', 'httpx', 'near', 'orjson', 'pytest', 'money'],
      paths: ['../money', '../near'],
    });
  });

  it('reads Poetry', () => {
    const source = `
      [tool.poetry]
      name = "pricing"
      [tool.poetry.dependencies]
      python = "^3.11"
      rules = { path = "../rules", develop = true }
      [tool.poetry.group.dev.dependencies]
      pytest = "^9"
    `;
    expect(pyprojectFacts(source, parse)).toEqual({
      name: 'pricing',
      requires: ['rules', 'pytest'],
      paths: ['../rules'],
    });
  });

  it('throws on broken TOML and survives odd types', () => {
    expect(() => pyprojectFacts('[project\nname=', parse)).toThrow();
    expect(pyprojectFacts('project = 3\ntool = []', parse)).toEqual({ requires: [], paths: [] });
  });
});

describe('configFacts', () => {
  it('reads the one flag, and takes a broken file for a wanted target', () => {
    expect(configFacts('\uFEFF{"enabled":false}').enabled).toBe(false);
    expect(configFacts('{"harness":"pyperf","commands":[{}]}')).toEqual({
      enabled: true,
      harness: 'pyperf',
      hasCommands: true,
    });
    expect(configFacts('<<<<<<< HEAD\n{}')).toEqual({ enabled: true, hasCommands: false });
  });
});

describe('shadowedTargets', () => {
  const shadowed = (pack: string, project?: string) => [
    ...shadowedTargets(packageFacts(pack), project === undefined ? undefined : projectJsonFacts(project)),
  ];

  it('names scripts and targets of other executors', () => {
    expect(shadowed('{"scripts":{"bench":"vitest bench"}}')).toEqual(['bench']);
    expect(
      shadowed('{}', '{"targets":{"bench":{"executor":"nx:run-commands"},"b":{"command":"x"}}}'),
    ).toEqual(['bench', 'b']);
  });

  it('is not irritated by targets that only adorn ours, or that are ours', () => {
    expect(shadowed('{}', '{"targets":{"bench":{"dependsOn":["build"]}}}')).toEqual([]);
    expect(
      shadowed('{"scripts":{"bench":"x"}}', '{"targets":{"bench":{"executor":"nx-assay:bench"}}}'),
    ).toEqual([]);
  });
});
