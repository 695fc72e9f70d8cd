import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EdgeRecord } from './dependencies.ts';

/** Nothing where there is no record yet: then every edge of an unchanged file counts as not heard. */
export function loadEdgeRecord(path: string): EdgeRecord {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as EdgeRecord;
  } catch {
    return {};
  }
}

/** Never throws: without the record some edges are given twice, which harms nobody. */
export function saveEdgeRecord(path: string, record: EdgeRecord, previous: EdgeRecord): void {
  const text = JSON.stringify(record);
  if (text === JSON.stringify(previous)) return;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}
