import { posix } from 'node:path';
import { type ExportedFunction, neededParameters, openParameters, openPaths } from '../exported-function.ts';
import { layout } from './layout.ts';
import { sampleValue } from './sample.ts';

/** Vitest's bench API: since 5 inside a test, before that at the top level. */
export type BenchForm = 'test' | 'describe';

export interface RenderOptions {
  /** Project name, for the title. */
  readonly title: string;
  readonly form: BenchForm;
  /** Path of the benchmark file; imports are relative to it. */
  readonly path: string;
  /** Ending of relative imports in this project: `.ts`, `.js` or none. */
  readonly importEnding: string;
}

/** Text of a benchmark file over exported functions. Pure. */
export function renderBenchmarks(functions: readonly ExportedFunction[], options: RenderOptions): string {
  const names = localNames(functions);
  const typed = /\.[mc]?ts$/.test(options.path);
  const used = options.form === 'test' ? 'test' : 'bench, describe';
  const bodies = functions.map((fn) => {
    const call = { fn, name: names.get(fn) as string, typed };
    return options.form === 'test' ? insideTest(call) : indent(topLevel(call));
  });
  const body =
    options.form === 'test'
      ? bodies.join('\n')
      : `describe(${JSON.stringify(options.title)}, () => {\n${bodies.join('\n')}});\n`;
  return `import { ${used} } from 'vitest';\n${imports(functions, names, options)}\n// The inputs below are samples made from types and names: put in what your users send.\n\n${body}`;
}

interface Call {
  readonly fn: ExportedFunction;
  readonly name: string;
  readonly typed: boolean;
}

function insideTest({ fn, name, typed }: Call): string {
  const skip = openParameters(fn).length > 0 ? '.skip' : '';
  return `${todo(fn)}test${skip}('${name}', async ({ bench }) => {\n${inputs(fn, typed)}  await bench('${name}', ${timed(fn, name)}).run();\n});\n`;
}

function topLevel({ fn, name, typed }: Call): string {
  const skip = openParameters(fn).length > 0 ? '.skip' : '';
  const declared = inputs(fn, typed);
  const call = `bench${skip}('${name}', ${timed(fn, name)});\n`;
  return declared === '' ? `${todo(fn)}${call}` : `${todo(fn)}{\n${declared}  ${call}}\n`;
}

/** Inputs are made once, outside of what is timed; the result is returned, so that no compiler drops the work. */
function timed(fn: ExportedFunction, name: string): string {
  const args = neededParameters(fn).map(({ name: parameter }) => inputName(parameter, fn));
  const call = `${name}(${args.join(', ')})`;
  return fn.async ? `async () => {\n    await ${call};\n  }` : `() => ${call}`;
}

function inputs(fn: ExportedFunction, typed: boolean): string {
  return neededParameters(fn)
    .map(
      (parameter) =>
        `${layout(`  const ${inputName(parameter.name, fn)} = ${sampleValue(parameter, typed)};`)}\n`,
    )
    .join('');
}

function todo(fn: ExportedFunction): string {
  const skipped = openPaths(fn).map(
    (path) => `// TODO(assay): supply a realistic input for ${path}, then remove .skip.\n`,
  );
  return skipped.join('');
}

const reserved =
  /^(bench|test|describe|arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/** A parameter's name as a local constant: none that hides what the benchmark needs. */
function inputName(parameter: string, fn: ExportedFunction): string {
  return reserved.test(parameter) || parameter === fn.local ? `${parameter}Input` : parameter;
}

function localNames(functions: readonly ExportedFunction[]): ReadonlyMap<ExportedFunction, string> {
  const taken = new Set<string>();
  return new Map(
    functions.map((fn) => {
      const base = reserved.test(fn.local) ? `${fn.local}Fn` : fn.local;
      const stem = posix.basename(fn.module).replace(/\W.*$/, '');
      const qualified = `${stem}${fn.local.charAt(0).toUpperCase()}${fn.local.slice(1)}`;
      let name = taken.has(base) && /^[A-Za-z_$]/.test(qualified) ? qualified : base;
      for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
      taken.add(name);
      return [fn, name];
    }),
  );
}

function imports(
  functions: readonly ExportedFunction[],
  names: ReadonlyMap<ExportedFunction, string>,
  options: RenderOptions,
): string {
  const modules = Map.groupBy(functions, (fn) => fn.module);
  return [...modules]
    .map(([module, members]) => {
      const byDefault = members.find(({ name }) => name === 'default');
      const named = members
        .filter(({ name }) => name !== 'default')
        .map((fn) => (fn.name === names.get(fn) ? fn.name : `${fn.name} as ${names.get(fn)}`))
        .sort();
      const clause = [
        ...(byDefault ? [names.get(byDefault)] : []),
        ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : []),
      ].join(', ');
      return { clause, from: specifier(module, options) };
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ clause, from }) => `import ${clause} from '${from.replaceAll("'", "\\'")}';\n`)
    .join('');
}

function specifier(module: string, { path, importEnding }: RenderOptions): string {
  const relative = posix.relative(posix.dirname(path), module);
  const dotted = relative.startsWith('.') ? relative : `./${relative}`;
  const typescript = /\.([mc]?)tsx?$/.exec(dotted);
  if (!typescript) return dotted;
  const stem = dotted.slice(0, typescript.index);
  if (importEnding === '.ts') return dotted;
  return importEnding === '.js'
    ? `${stem}.${typescript[1]}js`
    : typescript[1]
      ? `${stem}.${typescript[1]}js`
      : stem;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
