import type { Effects } from '../../kernel/effects.ts';
import type { Report } from '../../kernel/report/schema.ts';
import type { BenchRequest } from '../request.ts';
import type { BenchFacts } from '../run.ts';

export async function explained(
  report: Report,
  _facts: BenchFacts,
  _request: BenchRequest,
  _effects: Effects,
): Promise<Report> {
  return report;
}
