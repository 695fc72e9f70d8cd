import { logger, type Tree } from '@nx/devkit';
import { explained } from '../workspace/explain.ts';
import { formatChanges } from '../workspace/format.ts';
import { assertNxVersion } from '../workspace/nx-version.ts';
import { type JudgeOptions, judgeOptionsSchema } from './options.ts';

const file = 'assay/judge.json';

/** `nx g nx-assay:judge`: settings by which recorded results are judged. A file that is there stays as it is. */
export default function judgeGenerator(tree: Tree, raw: JudgeOptions): Promise<void> {
  return explained(async () => {
    assertNxVersion();
    const { margin, controls, skipFormat } = judgeOptionsSchema.parse(raw);
    if (tree.exists(file)) {
      logger.info(`${file} is there already and stays as it is.`);
      return;
    }
    const $schema = '../node_modules/nx-assay/schemas/judge.schema.json';
    const config = { $schema, margin, ...(controls.length > 0 ? { controls } : {}) };
    tree.write(file, `${JSON.stringify(config, null, 2)}\n`);
    // The folder becomes a project, and so gets its targets, by its policy.
    if (!tree.exists('assay/policy.json')) {
      const policy = { $schema: '../node_modules/nx-assay/schemas/policy.schema.json', mode: 'enforce' };
      tree.write('assay/policy.json', `${JSON.stringify(policy, null, 2)}\n`);
    }
    await formatChanges(tree, skipFormat);
  });
}
