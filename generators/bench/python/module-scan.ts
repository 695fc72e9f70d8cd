import { closing, lineAt, splitOutside } from '../brackets.ts';
import { mask } from '../mask.ts';

/** A top-level `def`, its parameters still text. */
export interface PythonFunction {
  readonly name: string;
  readonly parameters: string;
  readonly async: boolean;
  readonly line: number;
  readonly body: string;
  readonly decorators: readonly string[];
}

/** A class whose instances are made from annotated fields: dataclass, NamedTuple, TypedDict, pydantic model. */
export interface PythonRecord {
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** What one Python module declares at its top level. */
export interface PythonModule {
  readonly functions: readonly PythonFunction[];
  readonly records: ReadonlyMap<string, PythonRecord>;
  /** First member of each Enum. */
  readonly enums: ReadonlyMap<string, string>;
  /** `__all__`, where the module has one. */
  readonly all: readonly string[] | undefined;
  /** `from x import a as b`: b → the module as written and the name there. */
  readonly imports: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
  /** `Name = …` at the top level: type aliases, as far as they are some. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Reads the top level of a Python module without running it. Pure; what it does not understand it leaves out. */
export function scanPythonModule(text: string): PythonModule {
  const masked = mask(text, 'python');
  const all = /^__all__\s*(?::[^=]*)?=\s*[[(]([^\])]*)[\])]/m.exec(text)?.[1];
  return {
    functions: scanFunctions(text, masked),
    ...scanClasses(text, masked),
    all:
      all === undefined ? undefined : [...all.matchAll(/(['"])(\w+)\1/g)].map((match) => match[2] as string),
    imports: scanImports(masked),
    aliases: new Map(
      [...text.matchAll(/^([A-Z]\w*)\s*(?::\s*(?:\w+\.)?TypeAlias\s*)?=\s*(?!=)([^\n#(]+)$/gm)].map(
        (match) => [match[1] as string, (match[2] as string).trim()],
      ),
    ),
  };
}

function scanFunctions(text: string, masked: string): readonly PythonFunction[] {
  const found: PythonFunction[] = [];
  for (const match of masked.matchAll(
    /^((?:@[^\n]*\n(?:[ \t)\]}][^\n]*\n)*)*)(async\s+)?def\s+(\w+)\s*(?:\[[^\n]*?\])?\(/gm,
  )) {
    const open = match.index + match[0].length - 1;
    const end = closing(masked, open);
    if (end < 0) continue;
    const rest = masked.slice(end);
    const stop = /\n(?=[^\s#)])/.exec(rest);
    found.push({
      name: match[3] as string,
      parameters: text.slice(open + 1, end),
      async: match[2] !== undefined,
      line: lineAt(text, match.index + (match[1] ?? '').length),
      body: rest.slice(0, stop ? stop.index : rest.length),
      decorators: [...(match[1] ?? '').matchAll(/^@([\w.]+)/gm)].map((decorator) => decorator[1] as string),
    });
  }
  return found;
}

function scanClasses(text: string, masked: string): Pick<PythonModule, 'records' | 'enums'> {
  const records = new Map<string, PythonRecord>();
  const enums = new Map<string, string>();
  for (const match of masked.matchAll(
    /^((?:@[^\n]*\n)*)class\s+(\w+)\s*(?:\[[^\n]*?\])?(?:\(([^)]*)\))?\s*:/gm,
  )) {
    const [all, decorators = '', name = '', bases = ''] = match;
    const from = match.index + all.length;
    const stop = /\n(?=[^\s#])/.exec(masked.slice(from));
    const to = stop ? from + stop.index : masked.length;
    if (/\b(Enum|StrEnum|IntEnum)\b/.test(bases)) {
      const member = /^[ \t]+([A-Za-z]\w*)\s*=/m.exec(masked.slice(from, to))?.[1];
      if (member) enums.set(name, member);
      continue;
    }
    const made =
      /@(\w+\.)*(dataclass|define|frozen|attrs)\b/.test(decorators) ||
      /\b(NamedTuple|TypedDict|BaseModel)\b/.test(bases);
    if (made) records.set(name, { fields: requiredFields(text.slice(from, to), masked.slice(from, to)) });
  }
  return { records, enums };
}

/** Annotated fields without a default, up to the first method. */
function requiredFields(body: string, masked: string): PythonRecord['fields'] {
  const end = /^[ \t]+(async\s+)?def\s|^[ \t]+@/m.exec(masked)?.index ?? masked.length;
  const indent = /^([ \t]+)\w+\s*:/m.exec(masked.slice(0, end))?.[1] ?? '    ';
  return [...masked.slice(0, end).matchAll(/^([ \t]+)(\w+)\s*:\s*([^=\n]+)(=)?/gm)]
    .filter((match) => match[1] === indent && !match[4] && !/\bClassVar\b/.test(match[3] ?? ''))
    .map((match) => {
      const at = match.index + match[0].length - (match[3] ?? '').length;
      return { name: match[2] as string, type: body.slice(at, at + (match[3] ?? '').length).trim() };
    });
}

function scanImports(masked: string): PythonModule['imports'] {
  const imports = new Map<string, { from: string; name: string }>();
  for (const match of masked.matchAll(/^from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)/gm)) {
    const list = (match[2] as string).replace(/[()\\]/g, '');
    for (const { text } of splitOutside(list, list, ',')) {
      const [name = '', alias = name] = text.trim().split(/\s+as\s+/);
      if (/^(\w+|\*)$/.test(name))
        imports.set(name === '*' ? `* ${match[1]}` : alias, { from: match[1] as string, name });
    }
  }
  return imports;
}
