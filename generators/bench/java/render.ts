import { type ExportedFunction, openParameters, openPaths } from '../exported-function.ts';
import { javaInput } from './sample.ts';

/** A public static method with what its call looks like. */
export interface JavaExport extends ExportedFunction {
  readonly packageName: string;
  readonly className: string;
  /** Parameter types as they are written; by position. */
  readonly types: readonly string[];
  readonly returnsNothing: boolean;
  readonly throws: boolean;
  /** Imports that its parameter types need. */
  readonly imports: readonly string[];
}

export interface JavaRenderOptions {
  readonly packageName: string;
  readonly className: string;
}

const jmh = ['Benchmark', 'BenchmarkMode', 'Mode', 'OutputTimeUnit', 'Scope', 'Setup', 'State'];

/** Text of a class with a benchmark a method. Pure. */
export function renderJava(
  methods: readonly JavaExport[],
  { packageName, className }: JavaRenderOptions,
): string {
  const imports = new Set([
    'java.util.concurrent.TimeUnit',
    ...jmh.map((name) => `org.openjdk.jmh.annotations.${name}`),
  ]);
  const fields: string[] = [];
  const inputs: string[] = [];
  const bodies: string[] = [];
  for (const [at, method] of methods.entries()) {
    const twin = methods.slice(0, at).filter(({ name }) => name === method.name).length;
    const name = twin === 0 ? method.name : `${method.name}${twin + 1}`;
    if (openParameters(method).length > 0) bodies.push(commented(method, name));
    else {
      const passed = method.parameters.map((parameter, position) => {
        const type = (method.types[position] as string).replace(/\s*\.\.\.$/, '[]');
        const field = `${name}${parameter.name.charAt(0).toUpperCase()}${parameter.name.slice(1)}`;
        fields.push(`    private ${type} ${field};\n`);
        inputs.push(javaInput(parameter.shape, field, parameter.name, type, imports));
        return field;
      });
      for (const each of method.imports) imports.add(each);
      bodies.push(benchmark(method, name, passed, imports));
    }
  }
  const setup =
    inputs.length === 0 ? '' : `\n    @Setup\n    public void inputs() {\n${scoped(inputs)}    }\n`;
  if (inputs.length === 0) imports.delete('org.openjdk.jmh.annotations.Setup');
  const lines = [...imports].sort().map((each) => `import ${each};\n`);
  const pack = packageName === '' ? '' : `package ${packageName};\n\n`;
  return `${pack}${lines.join('')}
// The inputs below are samples made from types and names: put in what your users send.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ${className} {
${fields.join('')}${setup}${bodies.map((body, at) => (at === 0 && fields.length === 0 ? body : `\n${body}`)).join('')}}
`;
}

/** Samples of several statements have a block of their own: their local names may be the same. */
function scoped(inputs: readonly string[]): string {
  return inputs
    .map((input) =>
      input.trim().split('\n').length === 1
        ? input
        : `        {\n${input.replace(/^(?=.)/gm, '    ')}        }\n`,
    )
    .join('');
}

/** The result goes to a black hole, or the compiler could leave the call out. */
function benchmark(
  method: JavaExport,
  name: string,
  passed: readonly string[],
  imports: Set<string>,
): string {
  const call = `${method.className}.${method.name}(${passed.join(', ')})`;
  const throwing = method.throws ? ' throws Exception' : '';
  if (method.returnsNothing) {
    return `    @Benchmark\n    public void ${name}()${throwing} {\n        ${call};\n    }\n`;
  }
  imports.add('org.openjdk.jmh.infra.Blackhole');
  return `    @Benchmark\n    public void ${name}(Blackhole result)${throwing} {\n        result.consume(${call});\n    }\n`;
}

/** JMH cannot skip a benchmark: what lacks an input stands in comments. */
function commented(method: JavaExport, name: string): string {
  const call = `${method.className}.${method.name}(${method.parameters.map((each) => each.name).join(', ')})`;
  const wanted = openPaths(method).join(', ').replaceAll('*/', '* /');
  const body = method.returnsNothing ? `${call};` : `result.consume(${call});`;
  return `    // TODO(assay): supply a realistic input for ${wanted}, then remove the comment marks.
    // @Benchmark
    // public void ${name}(${method.returnsNothing ? '' : 'Blackhole result'})${method.throws ? ' throws Exception' : ''} {
    //     ${body}
    // }
`;
}
