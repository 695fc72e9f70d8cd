import { matches, type ProjectIdentity, resolvePolicy } from '../../tools/kernel/policy/resolve.ts';
import type { Policy } from '../../tools/kernel/policy/schema.ts';

/** A policy under which every given project that `pattern` matches is enforced. Pure; changes as little as it can. */
export function enforceProjects(
  policy: Policy,
  pattern: string,
  projects: readonly ProjectIdentity[],
): Policy {
  const chosen = projects.filter((project) => matches(pattern, project));
  const settled = (candidate: Policy): boolean =>
    chosen.every((project) => resolvePolicy(candidate, project, '').mode === 'enforce');
  if (settled(policy)) return policy;
  if (pattern === '*' || pattern === '**') return enforceAll(policy);
  const entries = policy.projects ?? [];
  // Entries later in the list win, so the pattern's own entry serves only where nothing after it observes.
  const edited = {
    ...policy,
    projects: entries.map((entry) =>
      entry.match === pattern ? { ...entry, mode: 'enforce' as const } : entry,
    ),
  };
  if (settled(edited)) return edited;
  return { ...policy, projects: [...entries, { match: pattern, mode: 'enforce' }] };
}

function enforceAll(policy: Policy): Policy {
  const entries = (policy.projects ?? [])
    .map(({ mode: _, ...entry }) => entry)
    .filter((entry) => Object.keys(entry).length > 1);
  const { projects: _, ...rest } = policy;
  return { ...rest, mode: 'enforce', ...(entries.length === 0 ? {} : { projects: entries }) };
}
