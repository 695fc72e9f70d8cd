import type { ExecutorContext } from '@nx/devkit';
import type { BenchOptions } from './options.ts';

/** Parses options, runs the tool, shows what it found. Heavy modules load here, not with the plugin. */
export default async function bench(
  raw: BenchOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  const { benchOptionsSchema } = await import('./options.ts');
  const { benchRequest } = await import('./request.ts');
  const { createEffects } = await import('../../tools/task/effects.ts');
  const { requireProcessGroups } = await import('../../tools/task/platform.ts');
  const { showError, showReport, succeeds } = await import('../../tools/task/show.ts');
  const options = benchOptionsSchema.parse(raw);
  const { effects, close } = createEffects({ quiet: options.json });
  try {
    requireProcessGroups(process.platform);
    const request = benchRequest(options, context, effects.env);
    if (options.list) {
      const { listBenchmarks } = await import('../../tools/bench/list.ts');
      const { showList } = await import('./show-list.ts');
      const listed = await listBenchmarks(request, effects);
      close();
      return showList(listed, options);
    }
    const { benchTask } = await import('../../tools/bench/task.ts');
    const { report, folder } = await benchTask(request, effects);
    close();
    showReport(report, folder, options);
    return { success: succeeds(report, options.failOn) };
  } catch (error) {
    close();
    return showError(error);
  } finally {
    close();
  }
}
