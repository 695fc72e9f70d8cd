import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../report/schema.ts';
import { environmentOf } from './environment.ts';

const machine = {
  machine: 'linux-x64 · a processor · 2 cores · 24 GiB',
  cpu: 'a processor',
  cores: 2,
  memoryBytes: 5,
  os: 'linux 6 x64',
  container: '',
};

describe('environmentOf', () => {
  it('is what the Report asks for', () => {
    const environment = environmentOf({
      runtimes: { node: '24.0.0' },
      tools: {},
      commit: 'abc',
      dirty: true,
      startedAt: new Date(0),
      durationMs: 12.6,
      taskHash: '42',
      machine,
    });
    expect(environment).toEqual({
      machine: 'linux-x64 · a processor · 2 cores · 24 GiB',
      cpu: 'a processor',
      cores: 2,
      memoryBytes: 5,
      os: 'linux 6 x64',
      runtimes: { node: '24.0.0' },
      tools: {},
      commit: 'abc',
      dirty: true,
      taskHash: '42',
      startedAt: '1970-01-01T00:00:00.000Z',
      durationMs: 13,
    });
    expect(environmentSchema.parse(environment)).toEqual(environment);
  });

  it('names the container, and reads this machine by default', () => {
    const facts = {
      runtimes: {},
      tools: {},
      commit: '',
      dirty: false,
      startedAt: new Date(0),
      durationMs: 0,
    };
    expect(environmentOf({ ...facts, machine: { ...machine, container: 'docker' } }).container).toBe(
      'docker',
    );
    expect(environmentOf(facts).machine).toMatch(/^\S+-\S+ · .+ · \d+ cores? · \d+ (GiB|MiB)/);
  });
});
