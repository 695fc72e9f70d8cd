import { recordingsErrors } from './errors.ts';
import type { Recording } from './recording.ts';
import type { RecordedSource, RecordingFormat } from './recording-format.ts';
import { recordingFormats } from './registry.gen.ts';
import { openSource } from './source.ts';

/**
 * Reads a file or folder of any known format.
 *
 * @param path absolute
 * @param shown the path as the user gave it
 * @param side which version is asked for, where one file holds two (our own samples)
 * @param format id of the format, where it shall not be found out
 * @throws AssayError `recordings/…`, `files/…`
 */
export async function readRecording(
  path: string,
  shown: string,
  side: 'base' | 'head',
  format?: string,
): Promise<Recording> {
  return readSource(await openSource(path, shown), await loadFormats(), side, format);
}

export async function loadFormats(): Promise<readonly RecordingFormat[]> {
  const loaded = await Promise.all(Object.values(recordingFormats).map((load) => load()));
  return loaded.map((module) => module.default);
}

/** As `readRecording`, for a source that is already there. */
export function readSource(
  source: RecordedSource,
  formats: readonly RecordingFormat[],
  side: 'base' | 'head',
  wanted?: string,
): Recording {
  const { path } = source;
  const format =
    wanted === undefined
      ? formats.find((candidate) => candidate.recognises(source))
      : formats.find(({ id }) => id === wanted);
  if (format === undefined || (wanted !== undefined && !format.recognises(source))) {
    const known = formats.map(({ title }) => title).join(', ');
    throw recordingsErrors.create('recordings/unknown-format', { path, looks: looksLike(source), known });
  }
  const read = format.read(source, side);
  if (read.benchmarks.length === 0) {
    throw recordingsErrors.create('recordings/no-benchmarks', { path, format: format.title });
  }
  return { ...read, format: format.id, path };
}

function looksLike(source: RecordedSource): string {
  switch (source.kind) {
    case 'folder':
      return 'a folder without results of Criterion';
    case 'text':
      return `text that begins '${source.text.trimStart().slice(0, 40).replace(/\s+/g, ' ')}'`;
    case 'json-lines':
      return 'JSON by lines, of something else';
    case 'json': {
      const keys = typeof source.value === 'object' && source.value !== null ? Object.keys(source.value) : [];
      return Array.isArray(source.value)
        ? 'a JSON array of something else'
        : `JSON with the fields ${keys.slice(0, 5).join(', ') || 'of nothing'}`;
    }
  }
}
