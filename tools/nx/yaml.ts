import { requireFromNx } from './host.ts';

/**
 * Parses YAML with the parser that Nx itself reads `pnpm-workspace.yaml` with.
 *
 * @throws Error where the text is not YAML, or where this Nx brings no parser
 */
export function parseYaml(text: string, workspaceRoot: string): unknown {
  const require = requireFromNx(workspaceRoot);
  for (const name of ['@zkochan/js-yaml', 'js-yaml', 'yaml']) {
    const parser = load(require, name);
    if (parser !== undefined) return parser(text);
  }
  throw new Error('This version of Nx brings no YAML parser.');
}

function load(require: NodeJS.Require, name: string): ((text: string) => unknown) | undefined {
  try {
    const module = require(name) as { load?: (text: string) => unknown; parse?: (text: string) => unknown };
    return module.load ?? module.parse;
  } catch {
    return undefined;
  }
}
