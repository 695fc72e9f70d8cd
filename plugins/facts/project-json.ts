import { type OwnTarget, ownTargets, parseObject, text } from './json.ts';

/** What inference wants to know of a project.json. */
export interface ProjectJsonFacts {
  readonly name?: string;
  /** `root`, where the file says another folder than its own. */
  readonly root?: string;
  readonly targets: readonly OwnTarget[];
}

/** @throws Error where the text is not a JSON object */
export function projectJsonFacts(source: string): ProjectJsonFacts {
  const json = parseObject(source);
  return {
    ...text('name', json.name),
    ...text('root', json.root),
    targets: ownTargets(json.targets ?? json.architect),
  };
}
