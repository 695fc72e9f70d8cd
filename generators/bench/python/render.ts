import { neededParameters, openParameters, openPaths } from '../exported-function.ts';
import type { PythonExport } from './functions.ts';
import { pythonSample } from './sample.ts';

/** Text of a pytest-benchmark file over public functions. Pure. */
export function renderPython(functions: readonly PythonExport[], project: string): string {
  const imports = new Set<string>();
  const names = aliases(functions, imports);
  const bodies = functions.map((fn) => renderTest(fn, names.get(fn) as string, imports));
  const skipping = functions.some((fn) => openParameters(fn).length > 0);
  const standard = [...imports]
    .filter((line) => /^(import \w+$|from (datetime|decimal|fractions|uuid) )/.test(line))
    .sort();
  const own = mergeImports([...imports].filter((line) => !standard.includes(line)));
  const groups = [mergeImports(standard), ...(skipping ? [['import pytest']] : []), own].filter(
    (group) => group.length > 0,
  );
  return `"""Benchmarks of ${project.replaceAll('\\', '').replaceAll('"', "'")}.

The inputs are samples made from annotations and names: put in what your users send.
"""

${groups.map((group) => `${group.join('\n')}\n`).join('\n')}

${bodies.join('\n\n')}`;
}

function renderTest(fn: PythonExport, name: string, imports: Set<string>): string {
  const open = openParameters(fn);
  const needed = neededParameters(fn);
  const skip =
    open.length === 0
      ? ''
      : `@pytest.mark.skip(reason="TODO(assay): supply a realistic input for ${openPaths(fn).join(', ').replace(/["\\]/g, "'")}")\n`;
  const lines = needed.map((parameter) => {
    const note =
      open.includes(parameter) && parameter.shape.kind === 'unknown'
        ? `  # TODO(assay): ${parameter.shape.text.replace(/\s+/g, ' ')}`
        : '';
    return `    ${inputName(parameter.name, name)} = ${pythonSample(parameter.shape, parameter.name, imports)}${note}\n`;
  });
  const args = needed.map((parameter) => {
    const input = inputName(parameter.name, name);
    return parameter.keyword ? `${parameter.name}=${input}` : input;
  });
  if (fn.async) imports.add('import asyncio');
  const call = fn.async
    ? `benchmark(lambda: asyncio.run(${name}(${args.join(', ')})))`
    : `benchmark(${[name, ...args].join(', ')})`;
  return `${skip}def test_${fn.name}(benchmark):\n${lines.join('')}    ${call}\n`;
}

const taken = new Set(['benchmark', 'asyncio', 'pytest', 'i', 'range', 'tuple', 'func', 'target']);

/** Keyword arguments of ours must not meet those of `benchmark` itself, nor hide what the test calls. */
function inputName(parameter: string, fn: string): string {
  return taken.has(parameter) || parameter === fn ? `${parameter}_` : parameter;
}

/** Two functions of one name in different modules: the second is imported under its module's name. */
function aliases(
  functions: readonly PythonExport[],
  imports: Set<string>,
): ReadonlyMap<PythonExport, string> {
  const seen = new Set<string>();
  return new Map(
    functions.map((fn) => {
      const name = seen.has(fn.name) ? `${fn.moduleName.replaceAll('.', '_')}_${fn.name}` : fn.name;
      seen.add(name);
      imports.add(`from ${fn.moduleName} import ${fn.name}${name === fn.name ? '' : ` as ${name}`}`);
      return [fn, name];
    }),
  );
}

/** `from a import b` and `from a import c` → `from a import b, c`; sorted. */
function mergeImports(lines: readonly string[]): string[] {
  const names = new Map<string, string[]>();
  const whole: string[] = [];
  for (const line of lines) {
    const match = /^from (\S+) import (.+)$/.exec(line);
    if (!match) whole.push(line);
    else names.set(match[1] as string, [...(names.get(match[1] as string) ?? []), match[2] as string]);
  }
  const merged = [...names].map(([from, list]) => importLine(from, list.sort()));
  return [...whole.sort(), ...merged.sort()];
}

function importLine(from: string, names: readonly string[]): string {
  const line = `from ${from} import ${names.join(', ')}`;
  return line.length <= 88
    ? line
    : `from ${from} import (\n${names.map((name) => `    ${name},\n`).join('')})`;
}
