import type { Inference } from './inference.ts';

/**
 * Recorded results belong to no project: the target is one of the workspace project. Never cached, since it takes files that no
 * input names.
 */
export const judge: Inference = {
  capability: 'judge',
  infer: () => undefined,
  inferWorkspace: (facts, _workspace, target) => ({
    executor: 'nx-assay:judge',
    cache: false,
    metadata: {
      description: 'Judges recorded benchmark results of two versions: --base=<file> --head=<file>.',
      technologies: [],
      help: {
        command: `npx nx run ${facts.name}:${target.name} --help`,
        example: { options: { base: '<file>', head: '<file>' } },
      },
    },
  }),
};
