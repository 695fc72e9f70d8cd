import { type ExportedFunction, openParameters, openPaths } from '../exported-function.ts';
import { rustValue } from './sample.ts';

/** An exported Rust function with what its call looks like. */
export interface RustExport extends ExportedFunction {
  /** Whole path to call it by, the crate first. */
  readonly path: string;
  /** Parameter types as they are written; by position. */
  readonly types: readonly string[];
}

/** Text of a `benches/*.rs` with a benchmark a function. Pure. */
export function renderRust(functions: readonly RustExport[]): string {
  const bodies = functions.map(renderBenchmark);
  const uses = ['black_box', 'criterion_group', 'criterion_main', 'BatchSize', 'Criterion'].filter((name) =>
    name.startsWith('criterion_') ? true : bodies.some((body) => new RegExp(`\\b${name}\\b`).test(body)),
  );
  const names = functions.map((fn) => benchName(fn)).join(', ');
  return [
    `use criterion::{${uses.join(', ')}};`,
    '',
    '// The inputs below are samples made from types and names: put in what your users send.',
    '',
    bodies.join('\n'),
    `criterion_group!(benches, ${names});`,
    'criterion_main!(benches);',
    '',
  ].join('\n');
}

function benchName(fn: RustExport): string {
  return `bench_${fn.path.split('::').slice(1).join('_')}`;
}

function renderBenchmark(fn: RustExport): string {
  const title = JSON.stringify(fn.path.split('::').slice(1).join('::'));
  const parameters = fn.parameters.map(({ name }, at) => ({
    name,
    type: fn.types[at] as string,
    shape: fn.parameters[at]!.shape,
  }));
  const args = parameters.map(({ name }) => name).join(', ');
  if (openParameters(fn).length > 0 || fn.async) {
    const wanted = fn.async
      ? `an executor: ${fn.name} is async (criterion's feature async_tokio, b.to_async)`
      : `a realistic input for ${openPaths(fn).join(', ')}`;
    return `// TODO(assay): supply ${wanted}, then take the comment signs away.\nfn ${benchName(fn)}(_c: &mut Criterion) {\n    // _c.bench_function(${title}, |b| b.iter(|| ${fn.path}(${args})));\n}\n`;
  }
  const moved = parameters.filter(({ type, shape }) => !type.startsWith('&') && !isCopy(shape.kind));
  const declared = parameters.map(({ name, type, shape }) => {
    const value = rustValue(shape, name, type);
    return moved.some((each) => each.name === name)
      ? `    let make_${name} = || ${value};\n`
      : `    let ${name} = ${typed(value, type)};\n`;
  });
  const given = parameters.map(({ name, type, shape }) => {
    if (moved.some((each) => each.name === name)) return name;
    return type.startsWith('&') && !(shape.kind === 'string' && /str$/.test(type))
      ? `black_box(&${name})`
      : `black_box(${name})`;
  });
  const call = `${fn.path}(${given.join(', ')})`;
  const made = moved.map(({ name }) => `make_${name}()`);
  const names = moved.map(({ name }) => name);
  const run =
    moved.length === 0
      ? `b.iter(|| ${call})`
      : `b.iter_batched(|| ${listed(made)}, |${listed(names)}| ${call}, BatchSize::SmallInput)`;
  return `fn ${benchName(fn)}(c: &mut Criterion) {\n${declared.join('')}    c.bench_function(${title}, |b| ${run});\n}\n`;
}

/** A number of a type of its own says so, or the compiler would choose another. */
function typed(value: string, type: string): string {
  return /^[\d.]+$/.test(value) && /^&?[uif](?:8|16|32|64|128|size)$/.test(type)
    ? `${value}_${type.replace('&', '')}`.replace(/^(\d+)_f/, '$1.0_f')
    : value;
}

function listed(items: readonly string[]): string {
  return items.length === 1 ? (items[0] as string) : `(${items.join(', ')})`;
}

function isCopy(kind: string): boolean {
  return kind === 'number' || kind === 'boolean' || kind === 'expression';
}
