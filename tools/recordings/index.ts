/** Files that other tools recorded, in one shape: samples by process, in order, with unit, direction and machine. */
export { compareMachines, type SameMachine } from './machine.ts';
export { loadFormats, readRecording, readSource } from './read-recording.ts';
export type {
  RecordedBenchmark,
  RecordedData,
  RecordedMachine,
  RecordedMetric,
  RecordedProcess,
  Recording,
} from './recording.ts';
export type { RecordedSource, RecordingFormat } from './recording-format.ts';
export { parseSource } from './source.ts';
