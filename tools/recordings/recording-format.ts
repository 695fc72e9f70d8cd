import type { Recording } from './recording.ts';

/** A file, or a folder of files, as it came from the disk. */
export type RecordedSource =
  | { readonly kind: 'json'; readonly path: string; readonly value: unknown }
  /** One JSON value a line. */
  | { readonly kind: 'json-lines'; readonly path: string; readonly values: readonly unknown[] }
  | { readonly kind: 'text'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'folder';
      readonly path: string;
      /** Files below it by relative POSIX path, those that some format reads; JSON is parsed. */
      readonly files: ReadonlyMap<string, unknown>;
    };

/**
 * A format that benchmark results are kept in. A folder `tools/recordings/<id>/` with an `index.ts` whose default
 * export is one is found by the generated registry. Its folder `fixtures/` holds `base.*` and `head.*`, real output
 * where the tool can be had: the fuzz starts from them.
 */
export interface RecordingFormat {
  readonly id: string;
  readonly title: string;
  /** Whether this is a file of the format, broken or not. Looks at what no other format has. */
  recognises(source: RecordedSource): boolean;
  /**
   * Reads what `recognises` took. Where the file holds two versions (our own samples), `side` says which is asked for.
   *
   * @throws AssayError `recordings/…`
   */
  read(source: RecordedSource, side: 'base' | 'head'): Omit<Recording, 'format' | 'path'>;
}
