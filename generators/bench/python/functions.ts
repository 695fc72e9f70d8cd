import { splitOutside } from '../brackets.ts';
import type { ExportedFunction, Parameter, Shape } from '../exported-function.ts';
import { mask } from '../mask.ts';
import { guessKind } from '../sample-text.ts';
import type { PythonFunction } from './module-scan.ts';
import type { NamedModule } from './packages.ts';
import { pythonShape } from './type-shape.ts';

/** Decorators under which a function is no longer one that a benchmark can call as it is written. */
const foreign =
  /(^|\.)(overload|fixture|command|group|route|get|post|put|patch|delete|task|event|on_event|contextmanager|asynccontextmanager|property|abstractmethod|singledispatch|register|cache|lru_cache|middleware)$/;

/** A function and the module that declares it. */
export interface PythonExport extends ExportedFunction {
  readonly moduleName: string;
}

/** Public functions of the modules: those in `__all__` where there is one, else those without an underscore. */
export function publicFunctions(modules: readonly NamedModule[]): readonly PythonExport[] {
  return modules.flatMap((module) => {
    const isPublic = (name: string): boolean => module.scan.all?.includes(name) ?? !name.startsWith('_');
    return module.scan.functions
      .filter(
        ({ name, decorators }) => isPublic(name) && !decorators.some((decorator) => foreign.test(decorator)),
      )
      .filter(
        ({ name, body, async }) =>
          !name.startsWith('test_') && !(async && /\byield\b/.test(body)) && !/^\s+yield\b/m.test(body),
      )
      .map((fn) => toExport(fn, module, modules));
  });
}

function toExport(fn: PythonFunction, module: NamedModule, modules: readonly NamedModule[]): PythonExport {
  return {
    name: fn.name,
    local: fn.name,
    module: module.file,
    moduleName: module.name,
    line: fn.line,
    parameters: readParameters(fn.parameters, (type) => pythonShape(type, module, modules)),
    async: fn.async,
    bodyLines: fn.body.split('\n').length,
    loops: /\b(for|while)\b|\b(sorted|sum|map|filter|min|max)\(/.test(fn.body),
  };
}

function readParameters(text: string, shapeOf: (type: string) => Shape): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let keyword = false;
  const masked = mask(text, 'python');
  for (const { text: raw, start } of splitOutside(text, masked, ',')) {
    // Comments inside the list are masked; what is left of them must not become part of a type.
    const piece =
      [...raw].length === raw.length ? withoutComments(raw, masked.slice(start, start + raw.length)) : raw;
    const match = /^\s*(\*{0,2})\s*(\w*)\s*(?::([\s\S]*?))?(?:=([\s\S]*))?$/.exec(piece);
    if (!match || piece.trim() === '/') continue;
    const [, stars, name = '', type, fallback] = match;
    if (stars === '*' && name === '') {
      keyword = true;
      continue;
    }
    if (name === '') continue;
    const shape = type !== undefined ? shapeOf(type) : guessed(name);
    parameters.push({
      name,
      shape,
      optional: fallback !== undefined,
      keyword: keyword && stars === '',
      rest: stars !== '',
    });
    if (stars === '*') keyword = true;
  }
  return parameters;
}

function withoutComments(text: string, masked: string): string {
  return text
    .split('')
    .map((char, at) => (char !== masked[at] && isComment(text, masked, at) ? ' ' : char))
    .join('');
}

function isComment(text: string, masked: string, at: number): boolean {
  const lineStart = text.lastIndexOf('\n', at) + 1;
  const hash = text.slice(lineStart, at + 1).search(/#/);
  return hash >= 0 && masked[lineStart + hash] === ' ' && !/['"]/.test(masked.slice(lineStart + hash, at));
}

function guessed(name: string): Shape {
  const kind = guessKind(name);
  if (kind === 'number') return { kind: 'number', float: false };
  return kind === 'string' ? { kind: 'string' } : { kind: 'unknown', text: 'no annotation' };
}
