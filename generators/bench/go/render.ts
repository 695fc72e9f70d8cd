import { type ExportedFunction, openParameters, openPaths, type Parameter } from '../exported-function.ts';
import { goInput } from './sample.ts';

/** An exported Go function with what its call looks like. */
export interface GoExport extends ExportedFunction {
  /** Parameter types as they are written, generics filled in; by position. */
  readonly types: readonly string[];
  /** Types to instantiate it with, such as `[int]`; empty where the compiler infers them. */
  readonly instance: string;
  readonly results: number;
}

export interface GoRenderOptions {
  readonly packageName: string;
  /** `b.Loop()` is there since Go 1.24. */
  readonly hasLoop: boolean;
}

/** Text of a `_test.go` file with a benchmark a function. Pure. */
export function renderGo(functions: readonly GoExport[], { packageName, hasLoop }: GoRenderOptions): string {
  const imports = new Set(['testing']);
  const bodies = functions.map((fn) => renderBenchmark(fn, imports, hasLoop));
  const lines = [...imports]
    .sort()
    .map((path) => `\t"${path}"\n`)
    .join('');
  return `package ${packageName}\n\nimport (\n${lines})\n\n// The inputs below are samples made from types and names: put in what your users send.\n\n${bodies.join('\n')}`;
}

function renderBenchmark(fn: GoExport, imports: Set<string>, hasLoop: boolean): string {
  const open = openParameters(fn);
  const args = fn.parameters.filter(({ rest }) => !rest).map((parameter) => inputName(parameter, fn));
  const call = `${fn.name}${fn.instance}(${args.join(', ')})`;
  const loop = hasLoop ? 'for b.Loop() {' : 'for i := 0; i < b.N; i++ {';
  if (open.length > 0) {
    const wanted = openPaths(fn).join(', ');
    return `func Benchmark${fn.name}(b *testing.B) {\n\tb.Skip(${JSON.stringify(`TODO(assay): supply a realistic input for ${wanted}`)})\n\t// ${loop}\n\t// \t${call}\n\t// }\n}\n`;
  }
  const inputs = fn.parameters
    .map((parameter, at) =>
      parameter.rest
        ? ''
        : goInput(parameter.shape, inputName(parameter, fn), fn.types[at] as string, imports),
    )
    .join('');
  const timed = hasLoop || fn.results === 0 ? `\t${loop}\n\t\t${call}\n\t}\n` : kept(call, loop, fn, imports);
  return `func Benchmark${fn.name}(b *testing.B) {\n${inputs}\tb.ReportAllocs()\n${timed}}\n`;
}

/** Before `b.Loop` the compiler may drop a call whose result nobody needs: the last result is kept alive. */
function kept(call: string, loop: string, fn: GoExport, imports: Set<string>): string {
  imports.add('runtime');
  const targets = ['last', ...Array.from({ length: fn.results - 1 }, () => '_')].join(', ');
  return `\t${targets} := ${call}\n\t${loop}\n\t\t${targets} = ${call}\n\t}\n\truntime.KeepAlive(last)\n`;
}

const taken = new Set([
  'b',
  'i',
  'testing',
  'strconv',
  'context',
  'time',
  'big',
  'json',
  'string',
  'len',
  'make',
  'append',
  'last',
  'runtime',
]);

function inputName({ name }: Parameter, fn: GoExport): string {
  return taken.has(name) || name === fn.name ? `${name}Input` : name;
}
