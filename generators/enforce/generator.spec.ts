import { readJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import { resolvePolicy } from '../../tools/kernel/policy/resolve.ts';
import enforceGenerator from './generator.ts';

const projects = [
  { name: 'pricing', root: 'services/pricing', tags: ['team:shop'], targets: {} },
  { name: 'inventory', root: 'services/inventory', tags: ['team:shop', 'lang:go'], targets: {} },
  { name: 'web', root: 'web', tags: [], targets: {} },
];

async function enforce(policy: unknown, pattern: string) {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('assay/policy.json', JSON.stringify(policy));
  await enforceGenerator(tree, { projects: pattern, skipFormat: true }, async () => projects);
  const after = readJson(tree, 'assay/policy.json');
  const enforced = projects.filter((project) => resolvePolicy(after, project, 'bench').mode === 'enforce');
  return { after, enforced: enforced.map(({ name }) => name) };
}

describe('enforce', () => {
  it.each([
    ['pricing', ['pricing']],
    ['services/*', ['pricing', 'inventory']],
    ['tag:team:*', ['pricing', 'inventory']],
    ['*', ['pricing', 'inventory', 'web']],
  ])('moves %s', async (pattern, expected) => {
    expect((await enforce({ mode: 'observe' }, pattern)).enforced).toEqual(expected);
  });

  it('adds one entry and keeps the rest', async () => {
    const policy = {
      mode: 'observe',
      bench: { margin: 0.1 },
      projects: [{ match: 'web', bench: { margin: 0.2 } }],
    };
    expect((await enforce(policy, 'pricing')).after).toEqual({
      ...policy,
      projects: [...policy.projects, { match: 'pricing', mode: 'enforce' }],
    });
  });

  it('edits the entry that there is, where no later one observes', async () => {
    const policy = { projects: [{ match: 'pricing', mode: 'observe', bench: { margin: 0.1 } }] };
    expect((await enforce(policy, 'pricing')).after).toEqual({
      projects: [{ match: 'pricing', mode: 'enforce', bench: { margin: 0.1 } }],
    });
    const later = { projects: [...policy.projects, { match: 'services/*', mode: 'observe' }] };
    const { after, enforced } = await enforce(later, 'pricing');
    expect(after.projects).toEqual([...later.projects, { match: 'pricing', mode: 'enforce' }]);
    expect(enforced).toEqual(['pricing', 'web']);
  });

  it('enforces all without leaving empty entries behind', async () => {
    const policy = {
      mode: 'observe',
      projects: [
        { match: 'web', mode: 'observe' },
        { match: 'pricing', mode: 'observe', bench: { margin: 0.1 } },
      ],
    };
    expect((await enforce(policy, '**')).after).toEqual({
      mode: 'enforce',
      projects: [{ match: 'pricing', bench: { margin: 0.1 } }],
    });
  });

  it('changes nothing where all are enforced', async () => {
    expect((await enforce({}, 'pricing')).after).toEqual({});
  });

  it('refuses a pattern that matches nothing', async () => {
    await expect(enforce({ mode: 'observe' }, 'tag:nobody')).rejects.toMatchObject({
      code: 'generator/no-match',
    });
  });

  it('says that there is no policy, or that it is broken', async () => {
    const tree = createTreeWithEmptyWorkspace();
    const run = () => enforceGenerator(tree, { projects: '*' }, async () => projects);
    await expect(run()).rejects.toMatchObject({ code: 'generator/no-policy' });
    tree.write('assay/policy.json', '{ "mode": ');
    await expect(run()).rejects.toMatchObject({ code: 'generator/broken-json' });
  });
});
