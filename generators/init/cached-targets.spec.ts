import { describe, expect, it } from 'vitest';
import type { ProjectView } from '../workspace/view.ts';
import { stateInputs } from './cached-targets.ts';

const project = (name: string, targets: ProjectView['targets']): ProjectView => ({
  name,
  root: name,
  tags: [],
  targets,
});
const cached = { cache: true };
const inputs = ['default', '^default'];

describe('stateInputs', () => {
  it('states what Nx assumes, beside what is there', () => {
    const projects = [project('a', { build: cached, serve: {} }), project('b', { build: cached })];
    expect(stateInputs({ build: { cache: true, outputs: ['x'] } }, projects)).toEqual({
      targetDefaults: { build: { cache: true, outputs: ['x'], inputs } },
      left: [],
    });
    expect(stateInputs(undefined, projects)).toEqual({ targetDefaults: { build: { inputs } }, left: [] });
    expect(stateInputs({ build: [{ cache: true }] }, projects).targetDefaults).toEqual({
      build: [{ inputs }, { cache: true }],
    });
  });

  it('leaves targets of a name alone that have inputs somewhere', () => {
    const projects = [
      project('a', { build: cached }),
      project('b', { build: { cache: true, inputs: ['x'] } }),
    ];
    expect(stateInputs({ build: cached }, projects)).toEqual({
      targetDefaults: { build: cached },
      left: ['build'],
    });
  });

  it('adds no name where a default by glob or executor may hold for it', () => {
    const projects = [project('a', { 'e2e--x': cached })];
    const defaults = { 'e2e--*': cached };
    expect(stateInputs(defaults, projects)).toEqual({ targetDefaults: defaults, left: ['e2e--x'] });
  });

  it('changes nothing where there is nothing to state', () => {
    const projects = [
      project('a', { bench: { ...cached, executor: 'nx-assay:bench' }, test: { cache: true, inputs: [] } }),
    ];
    expect(stateInputs(undefined, projects)).toEqual({ targetDefaults: undefined, left: [] });
  });
});
