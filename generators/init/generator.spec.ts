import type { Tree } from '@nx/devkit';
import { readJson, readNxJson, updateNxJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ProjectView, readDeclaredProjects } from '../workspace/view.ts';
import initGenerator, { type InitHost } from './generator.ts';
import type { InitOptions } from './options.ts';

let tree: Tree;
let said: string[];

function host(changes: Partial<InitHost> = {}): InitHost {
  const say = (text: string): void => void said.push(text);
  return {
    readProjects: readDeclaredProjects,
    askGlobs: async () => undefined,
    info: say,
    warn: say,
    env: {},
    ...changes,
  };
}

const init = (into: Tree, options: InitOptions, on: InitHost): Promise<void> =>
  initGenerator(into, { ...options, skipFormat: true }, on);

const project = (name: string, root: string, targets: ProjectView['targets'] = {}): ProjectView => ({
  name,
  root,
  tags: [],
  targets,
});

/** All files of the tree, as text. */
function snapshot(of: Tree): Record<string, string> {
  return Object.fromEntries(
    of.listChanges().map(({ path, content }) => [path, content?.toString() ?? '(deleted)']),
  );
}

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  said = [];
  updateNxJson(tree, { affected: { defaultBase: 'main' } } as never);
});

describe('init', () => {
  it('registers the plugin, makes the policy, ignores results, leaves assay/ out of default inputs', async () => {
    await init(tree, {}, host());
    expect(readNxJson(tree)).toMatchInlineSnapshot(`
      {
        "affected": {
          "defaultBase": "main",
        },
        "namedInputs": {
          "default": [
            "{projectRoot}/**/*",
            "!{projectRoot}/assay/**",
          ],
        },
        "plugins": [
          {
            "plugin": "nx-assay",
          },
        ],
      }
    `);
    expect(tree.read('assay/policy.json', 'utf-8')).toMatchInlineSnapshot(`
      "{
        "$schema": "../node_modules/nx-assay/schemas/policy.schema.json",
        "mode": "enforce"
      }
      "
    `);
    expect(tree.read('.gitignore', 'utf-8')).toBe('.assay/\n');
  });

  it('changes nothing the second time, whatever it is asked', async () => {
    tree.write('services/pricing/pyproject.toml', '');
    await init(tree, { mode: 'observe' }, host());
    const first = snapshot(tree);
    await init(tree, { mode: 'enforce' }, host({ askGlobs: async () => ['other/*'] }));
    expect(snapshot(tree)).toEqual(first);
    expect(readJson(tree, 'assay/policy.json').mode).toBe('observe');
  });

  it('touches nothing but these three files', async () => {
    const before = new Set(Object.keys(snapshot(tree)));
    const untouched = snapshot(tree);
    await init(tree, {}, host());
    const after = snapshot(tree);
    expect(
      Object.keys(after)
        .filter((file) => !before.has(file))
        .sort(),
    ).toEqual(['.gitignore', 'assay/policy.json']);
    const edited = Object.keys(untouched).filter((file) => after[file] !== untouched[file]);
    expect(edited).toEqual(['nx.json']);
  });

  it('makes projects of Python and Go folders by the globs of their parents, and says which', async () => {
    for (const file of ['services/pricing/pyproject.toml', 'services/inventory/go.mod', 'tool/go.mod'])
      tree.write(file, '');
    tree.write('services/web/package.json', '{"name":"web"}');
    tree.write('services/web/go.mod', '');
    tree.write('libs/a/testdata/x/go.mod', '');
    await init(tree, {}, host());
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-assay', options: { projects: ['services/*', 'tool'] } },
    ]);
    expect(said).toEqual([
      'Python, Go and Rust folders that become projects once they have something to measure: ' +
        'services/inventory, services/pricing, tool (option projects in nx.json: services/*, tool).',
    ]);
  });

  it('remembers that none was chosen', async () => {
    tree.write('services/pricing/pyproject.toml', '');
    await init(tree, { projects: ['none'] }, host());
    expect(readNxJson(tree)?.plugins).toEqual([{ plugin: 'nx-assay', options: { projects: [] } }]);
    await init(tree, {}, host());
    expect(readNxJson(tree)?.plugins).toEqual([{ plugin: 'nx-assay', options: { projects: [] } }]);
  });

  it('takes globs as they are typed', async () => {
    await init(tree, { projects: ['./services/*, libs/py/'] }, host());
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-assay', options: { projects: ['services/*', 'libs/py'] } },
    ]);
  });

  it('attaches to a project that another plugin makes of such a folder', async () => {
    tree.write('services/pricing/pyproject.toml', '');
    const projects = [project('@shop/pricing', 'services/pricing')];
    await init(tree, {}, host({ readProjects: async () => projects }));
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-assay', options: { attach: { 'services/pricing': '@shop/pricing' } } },
    ]);
  });

  it('does not attach to the projects that it made itself', async () => {
    tree.write('services/pricing/pyproject.toml', '');
    await init(tree, {}, host());
    const before = snapshot(tree);
    const projects = [project('pricing', 'services/pricing'), project('assay', 'assay')];
    await init(tree, {}, host({ readProjects: async () => projects }));
    expect(snapshot(tree)).toEqual(before);
  });

  it('picks a free name for the workspace project', async () => {
    const projects = [project('assay', 'libs/assay'), project('assay-workspace', 'x')];
    await init(tree, {}, host({ readProjects: async () => projects }));
    expect(readNxJson(tree)?.plugins).toEqual([
      { plugin: 'nx-assay', options: { workspaceProject: 'assay-workspace-2' } },
    ]);
  });

  it('says where a target of the user has the name of ours', async () => {
    const projects = [
      project('web', 'web', { bench: { executor: 'nx:run-script' } }),
      project('api', 'api', { bench: { executor: 'nx-assay:bench' } }),
    ];
    await init(tree, {}, host({ readProjects: async () => projects }));
    expect(said).toEqual([
      "'web' has a target or npm script 'bench' of its own: ours is named 'assay-bench' there.",
    ]);
  });

  it.each([
    [{ useInferencePlugins: false }, {}],
    [{}, { NX_ADD_PLUGINS: 'false' }],
  ])('does not register a plugin where plugins are switched off: %j %j', async (nxJson, env) => {
    updateNxJson(tree, nxJson);
    await init(tree, {}, host({ env }));
    expect(readNxJson(tree)?.plugins).toBeUndefined();
    expect(said[0]).toContain('was not registered');
    expect(tree.exists('assay/policy.json')).toBe(true);
  });

  it('keeps other plugins, other inputs and a plugin given by name alone', async () => {
    updateNxJson(tree, {
      plugins: ['other', 'nx-assay'],
      namedInputs: {
        default: ['{projectRoot}/**/*', 'shared'],
        shared: [],
        production: ['!{projectRoot}/x'],
      },
    });
    await init(tree, {}, host());
    expect(readNxJson(tree)?.plugins).toEqual(['other', 'nx-assay']);
    expect(readNxJson(tree)?.namedInputs).toEqual({
      default: ['{projectRoot}/**/*', 'shared', '!{projectRoot}/assay/**'],
      shared: [],
      production: ['!{projectRoot}/x', '!{projectRoot}/assay/**'],
    });
  });
});
