import type { Effects } from '../kernel/effects.ts';
import type { Report } from '../kernel/report/schema.ts';
import { lookBack, withProblem } from './drift/look-back.ts';
import { explained } from './explain/explained.ts';
import type { BenchRequest } from './request.ts';
import type { BenchFacts } from './run.ts';

/**
 * What a concluded run is asked for beside its verdicts: the recorded history, and where a regression comes from.
 *
 * @param folder of the results, relative to the workspace; absent where nothing can be written there
 */
export async function afterthoughts(
  report: Report,
  facts: BenchFacts,
  request: BenchRequest,
  effects: Effects,
  folder: string | undefined,
): Promise<Report> {
  if (facts.state !== 'identical' && facts.state !== 'measured') return report;
  const { comparison, driftProblem, run } = facts;
  let so = driftProblem ? withProblem(report, driftProblem, 'warning') : report;
  const drifting = request.drift?.asked || (comparison.kind === 'base' && comparison.release !== undefined);
  if (drifting && folder !== undefined) so = await lookBack(so, request, run.settings, effects, folder);
  return request.explain === undefined ? so : await explained(so, facts, request, effects);
}
