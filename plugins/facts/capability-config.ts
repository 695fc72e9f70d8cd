import { parseObject, text } from './json.ts';

/**
 * What inference reads of `assay/<capability>.json`: whether the target is wanted. The file as a whole is
 * checked by the tool when it runs, where an error can be shown with its remedy.
 */
export interface ConfigFacts {
  readonly enabled: boolean;
  readonly harness?: string;
  readonly hasCommands: boolean;
}

/** A file that cannot be read as JSON still is the target: the run then says what is wrong with it. */
export function configFacts(source: string): ConfigFacts {
  try {
    const json = parseObject(source.replace(/^\uFEFF/, ''));
    return {
      enabled: json.enabled !== false,
      ...text('harness', json.harness),
      hasCommands: Array.isArray(json.commands) && json.commands.length > 0,
    };
  } catch {
    return { enabled: true, hasCommands: false };
  }
}
