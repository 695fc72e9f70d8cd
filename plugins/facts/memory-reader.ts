import { parse } from 'smol-toml';
import type { FactReader } from './fact-cache.ts';
import { drawFacts } from './file-facts.ts';

/** A reader over texts in memory, for tests and benchmarks. YAML is taken as JSON, which it includes. */
export function memoryReader(files: Readonly<Record<string, string>>): FactReader {
  return {
    read(kind, file) {
      const text = files[file];
      if (text === undefined) return { state: 'failed', reason: 'no such file' };
      try {
        return { state: 'read', facts: drawFacts(kind, text, { toml: parse, yaml: JSON.parse }) };
      } catch (error) {
        return { state: 'failed', reason: (error as Error).message };
      }
    },
    save() {},
  };
}
