import { join } from 'node:path';
import type { Harness, HarnessOptions } from '../harnesses/harness.ts';
import type { BenchConfig } from './config.ts';
import { benchErrors } from './errors.ts';

/** A harness and the files of the project that it drives, relative to the project root. */
export interface HarnessFiles {
  readonly harness: Harness;
  readonly options: HarnessOptions;
  readonly files: readonly string[];
  /** Further files that belong to the benchmarks and not to the code under test. */
  readonly overlay: readonly string[];
}

const DEFAULT_PROCESS_TIMEOUT_MS = 60_000;
/** What it names itself, commands and results, is driven by several harnesses. */
const CONFIG_FILE = 'assay/bench.json';

/**
 * Finds which harnesses have files in a project. `assay/bench.json` may name one and its files; a project
 * of several languages has several. A file belongs to the first harness that claims it.
 *
 * @throws AssayError `bench/unknown-harness`
 */
export async function discoverBenchmarks(
  projectRoot: string,
  config: BenchConfig,
  harnesses: Readonly<Record<string, () => Promise<{ default: Harness }>>>,
): Promise<readonly HarnessFiles[]> {
  const ids = Object.keys(harnesses);
  if (config.harness !== undefined && !ids.includes(config.harness)) {
    throw benchErrors.create('bench/unknown-harness', { harness: config.harness, known: ids.join(', ') });
  }
  const claimed = new Set<string>();
  const found: HarnessFiles[] = [];
  for (const id of ids) {
    const wanted = config.harness === undefined || config.harness === id || isAsked(id, config);
    if (!wanted) continue;
    const load = harnesses[id];
    if (!load) continue;
    const { default: harness } = await load();
    const options = harnessOptions(harness, config);
    const files = (await harness.discover(projectRoot, options)).filter(
      (file) => !claimed.has(file) || file === CONFIG_FILE,
    );
    if (files.length === 0) continue;
    for (const file of files) claimed.add(file);
    const overlay = await harness.overlay(projectRoot, files);
    found.push({ harness, options, files, overlay });
  }
  return found;
}

/** Harnesses whose benchmarks stand in the configuration itself, whatever harness it names beside them. */
function isAsked(id: string, config: BenchConfig): boolean {
  if (id === 'command') return config.commands !== undefined;
  return id === 'recorded' && config.results !== undefined;
}

function harnessOptions(harness: Harness, config: BenchConfig): HarnessOptions {
  return {
    ...(config.files && harness.id !== 'command' && harness.id !== 'recorded' ? { files: config.files } : {}),
    settings: {
      ...(config.runner ? { runner: config.runner } : {}),
      ...(config.commands ? { commands: config.commands } : {}),
      ...(config.results ? { results: config.results } : {}),
    },
    processTimeoutMs:
      config.processTimeoutSeconds === undefined
        ? DEFAULT_PROCESS_TIMEOUT_MS
        : config.processTimeoutSeconds * 1000,
  };
}

/** Relative to the workspace root, POSIX separators: how a benchmark's file is named in a Report. */
export function workspacePath(projectRoot: string, file: string): string {
  return projectRoot === '.' ? file : join(projectRoot, file).replaceAll('\\', '/');
}
