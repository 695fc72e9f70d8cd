import type { ExecutorContext } from '@nx/devkit';
import type { JudgeOptions } from './options.ts';

/** Parses options, judges, shows the Report. Heavy modules load here, not with the plugin. */
export default async function judge(
  raw: JudgeOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { judgeOptionsSchema } = await import('./options.ts');
  const { judgeRequest } = await import('./request.ts');
  const { judgeTask } = await import('../../tools/judge/task.ts');
  const { showError, showReport, succeeds } = await import('../../tools/task/show.ts');
  const options = judgeOptionsSchema.parse(raw);
  const effects = { clock: () => performance.now(), now: () => new Date(), env: process.env };
  try {
    const { report, folder } = await judgeTask(judgeRequest(options, context), effects);
    showReport(report, folder, options);
    return { success: succeeds(report, options.failOn) };
  } catch (error) {
    return showError(error);
  }
}
