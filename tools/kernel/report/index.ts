/** Public as `nx-assay/report`: what CI scripts and other tools need to read a Report. */
export { parseReport, readReport } from './read.ts';
export {
  type Comparison,
  comparisonVerdict,
  type Environment,
  type Exhibit,
  environmentSchema,
  type Finding,
  type Metric,
  REPORT_SCHEMA_ID,
  type Report,
  reportSchema,
  type Subject,
  type Waiver,
} from './schema.ts';
export { waiversBySubject } from './waivers.ts';
