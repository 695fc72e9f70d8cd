import { logger, type Tree } from '@nx/devkit';
import { matches, resolvePolicy } from '../../tools/kernel/policy/resolve.ts';
import type { Policy } from '../../tools/kernel/policy/schema.ts';
import { generatorErrors } from '../errors.ts';
import { explained } from '../workspace/explain.ts';
import { formatChanges } from '../workspace/format.ts';
import { readJsonObject } from '../workspace/json-file.ts';
import { assertNxVersion } from '../workspace/nx-version.ts';
import { type ReadProjects, readGraphProjects } from '../workspace/view.ts';
import { enforceProjects } from './move-projects.ts';
import type { EnforceOptions } from './options.ts';

const file = 'assay/policy.json';

/**
 * `nx g nx-assay:enforce --projects=<glob or tag>`: from now on a failed verdict fails the task there.
 *
 * @throws AssayError `generator/no-policy`, `generator/broken-json`, `generator/no-match`
 */
export default function enforceGenerator(
  tree: Tree,
  options: EnforceOptions,
  readProjects: ReadProjects = readGraphProjects,
): Promise<void> {
  return explained(() => moveOver(tree, options, readProjects));
}

async function moveOver(
  tree: Tree,
  { projects: pattern, skipFormat }: EnforceOptions,
  readProjects: ReadProjects,
): Promise<void> {
  assertNxVersion();
  if (!tree.exists(file)) throw generatorErrors.create('generator/no-policy', { file });
  const policy = readJsonObject(tree, file) as Policy;
  const projects = await readProjects(tree);
  const chosen = projects.filter((project) => matches(pattern, project));
  if (chosen.length === 0) throw generatorErrors.create('generator/no-match', { pattern });
  const moved = chosen.filter((project) => resolvePolicy(policy, project, '').mode === 'observe');
  if (moved.length === 0) {
    logger.info('Nothing to do: all of them are enforced already.');
    return;
  }
  tree.write(file, `${JSON.stringify(enforceProjects(policy, pattern, projects), null, 2)}\n`);
  logger.info(`Enforced from now on: ${moved.map(({ name }) => name).join(', ')}.`);
  await formatChanges(tree, skipFormat);
}
