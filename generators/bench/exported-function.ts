/** What a value looks like, as far as a declaration tells: enough to make a sample of it. */
export type Shape =
  | { readonly kind: 'number'; readonly float: boolean }
  | { readonly kind: 'string' | 'boolean' | 'bytes' | 'date' }
  /** Text that the language itself reads as the value. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'list' | 'set'; readonly of: Shape; readonly type?: string }
  | { readonly kind: 'map'; readonly key: Shape; readonly of: Shape; readonly type?: string }
  | { readonly kind: 'tuple'; readonly of: readonly Shape[] }
  | {
      readonly kind: 'record';
      readonly type?: string;
      readonly module?: string;
      readonly fields: readonly Field[];
    }
  | { readonly kind: 'callback'; readonly returns: Shape }
  /** A value of a named type over another: `SKU("A-1")`. */
  | { readonly kind: 'named'; readonly type: string; readonly of: Shape }
  /** Ready-made source text and the imports it needs. */
  | { readonly kind: 'expression'; readonly text: string; readonly imports: readonly string[] }
  | { readonly kind: 'unknown'; readonly text: string };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
}

export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  /** Has a default or may be left out: the call leaves it out. */
  readonly optional: boolean;
  /** Must be passed by name (Python). */
  readonly keyword: boolean;
  /** Takes any number of values: `...values`. */
  readonly rest: boolean;
}

/** A function that other code may call: what a benchmark can measure. */
export interface ExportedFunction {
  /** Name under which `module` exports it (`default` for a default export). */
  readonly name: string;
  /** Name to call it by. */
  readonly local: string;
  /** File, relative to the workspace root, POSIX separators. */
  readonly module: string;
  readonly line: number;
  readonly parameters: readonly Parameter[];
  readonly async: boolean;
  /** Lines of its body, and whether it loops: a hint at work worth measuring. */
  readonly bodyLines: number;
  readonly loops: boolean;
}

/** True where a sample can be made without a human. */
export function isKnown(shape: Shape): boolean {
  switch (shape.kind) {
    case 'unknown':
      return false;
    case 'list':
    case 'set':
    case 'named':
      return isKnown(shape.of);
    case 'map':
      return isKnown(shape.key) && isKnown(shape.of);
    case 'tuple':
      return shape.of.every(isKnown);
    case 'record':
      return shape.fields.every((field) => isKnown(field.shape));
    case 'callback':
      return isKnown(shape.returns);
    default:
      return true;
  }
}

/** Parameters that a call must supply. */
export function neededParameters(fn: ExportedFunction): readonly Parameter[] {
  return fn.parameters.filter(({ optional, rest }) => !optional && !rest);
}

/** Parameters whose input a human must supply. */
export function openParameters(fn: ExportedFunction): readonly Parameter[] {
  return neededParameters(fn).filter(({ shape }) => !isKnown(shape));
}

/** Where a sample lacks something, such as `order.lines[].price (Money)`: what a human must supply. */
export function openPaths(fn: ExportedFunction): readonly string[] {
  return openParameters(fn).flatMap(({ name, shape }) => pathsOf(shape, name).slice(0, 3));
}

function pathsOf(shape: Shape, path: string): readonly string[] {
  switch (shape.kind) {
    case 'unknown':
      return [`${path} (${shape.text.replace(/\s+/g, ' ').slice(0, 80)})`];
    case 'list':
    case 'set':
    case 'map':
      return pathsOf(shape.of, `${path}[]`);
    case 'tuple':
      return shape.of.flatMap((of, index) => pathsOf(of, `${path}[${index}]`));
    case 'record':
      return shape.fields.flatMap((field) => pathsOf(field.shape, `${path}.${field.name}`));
    case 'named':
      return pathsOf(shape.of, path);
    case 'callback':
      return pathsOf(shape.returns, `the result of ${path}()`);
    default:
      return [];
  }
}
