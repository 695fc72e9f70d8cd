import { readFileSync } from 'node:fs';
import { writeCache } from '../facts/write-cache.ts';
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
  if (text !== JSON.stringify(previous)) writeCache(path, text);
}
