import { resultFolder } from '../../tools/kernel/files/project-folder.ts';
import type { LanguageId } from '../facts/conventions.ts';
import type { ProjectFacts } from '../facts/project-facts.ts';
import type { Inference } from './inference.ts';
import { comparisonInputs, configInputs, dependencyInputs, machineInput, sourceInputs } from './inputs.ts';

/** `assay/bench.json` is the target; without it the language's own convention shows benchmarks. */
export const bench: Inference = {
  capability: 'bench',
  infer(facts, workspace, target) {
    const config = facts.configs.bench;
    if (config?.enabled === false) return undefined;
    if (config === undefined && Object.keys(facts.benchmarks).length === 0) return undefined;
    const languages = languagesOf(facts);
    return {
      executor: 'nx-assay:bench',
      cache: true,
      parallelism: false,
      inputs: [
        ...sourceInputs(facts, workspace),
        ...configInputs(facts, ['bench.json', 'bench.baseline.json', 'accepted.json']),
        ...dependencyInputs(facts, languages),
        ...comparisonInputs(facts.name),
        ...machineInput(workspace, languages),
      ],
      outputs: [`{workspaceRoot}/${resultFolder('bench', facts.name)}`],
      metadata: {
        description: describe(target.displaced),
        technologies: [...languages],
        help: {
          command: `npx nx run ${facts.name}:${target.name} --help`,
          example: { options: { base: 'main', filter: '<regular expression>' } },
        },
      },
    };
  },
};

/** Languages with benchmarks; where only the file says that there are some, its harness or the manifests. */
function languagesOf(facts: ProjectFacts): readonly LanguageId[] {
  const found = new Set(Object.keys(facts.benchmarks) as LanguageId[]);
  const named = languageOfHarness[facts.configs.bench?.harness ?? ''];
  if (named !== undefined) found.add(named);
  if (found.size === 0) for (const language of facts.manifests) found.add(language);
  return [...found].sort();
}

const languageOfHarness: Readonly<Record<string, LanguageId>> = {
  vitest: 'typescript',
  'pytest-benchmark': 'python',
  pyperf: 'python',
  'go-testing': 'go',
  criterion: 'rust',
  jmh: 'java',
};

function describe(displaced: string | undefined): string {
  const what =
    'Measures the benchmarks of this project, compares them with the base and judges the difference.';
  return displaced === undefined
    ? what
    : `${what} It has another name because this project has a target or script '${displaced}' of its own.`;
}
