import { posix } from 'node:path';
import type { Mode, Policy } from './schema.ts';

/** What a policy entry can match. `root` is relative to the workspace, POSIX separators, `.` for the root. */
export interface ProjectIdentity {
  readonly name: string;
  readonly root: string;
  readonly tags: readonly string[];
}

/** The settings of one capability that hold for one project, before its own file is laid over them. */
export interface ResolvedPolicy {
  readonly mode: Mode;
  readonly section: Readonly<Record<string, unknown>>;
}

/** Lays workspace-wide settings and every matching `projects` entry over each other, in order. Pure. */
export function resolvePolicy(policy: Policy, project: ProjectIdentity, capability: string): ResolvedPolicy {
  let mode = policy.mode ?? 'enforce';
  let section = sectionOf(policy, capability);
  for (const entry of policy.projects ?? []) {
    if (!matches(entry.match, project)) continue;
    if (entry.mode) mode = entry.mode;
    section = { ...section, ...sectionOf(entry, capability) };
  }
  return { mode, section };
}

/** True where `pattern` names the project by tag (`tag:x`), by name or by path, with globs. */
export function matches(pattern: string, project: ProjectIdentity): boolean {
  if (pattern.startsWith('tag:')) {
    const wanted = pattern.slice('tag:'.length);
    return project.tags.some((tag) => posix.matchesGlob(tag, wanted));
  }
  return (
    project.name === pattern ||
    posix.matchesGlob(project.name, pattern) ||
    posix.matchesGlob(project.root, pattern)
  );
}

function sectionOf(holder: Readonly<Record<string, unknown>>, capability: string): Record<string, unknown> {
  const section = holder[capability];
  return typeof section === 'object' && section !== null && !Array.isArray(section)
    ? { ...(section as Record<string, unknown>) }
    : {};
}
