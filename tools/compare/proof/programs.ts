import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A program whose truth is known: how much it does stands in a data file, and the code is the same on both sides. */
export interface Program {
  readonly language: 'TypeScript' | 'Python' | 'Go';
  readonly harness: 'vitest' | 'pytest-benchmark' | 'go-testing';
  readonly file: string;
  readonly name: string;
  /** Rounds of an operation; a multiple of 100, so that one per cent more is a whole number. */
  readonly rounds: number;
  readonly sources: Readonly<Record<string, string>>;
  /** Where the rounds stand. */
  readonly data: string;
}

/** FNV-1a over a text, in three languages. */
export const PROGRAMS: readonly Program[] = [
  {
    ...{ language: 'TypeScript', harness: 'vitest', file: 'work.bench.ts', name: 'work', rounds: 8000 },
    data: 'work.json',
    sources: {
      'package.json': '{ "name": "proof", "type": "module" }\n',
      'work.ts': `import { readFileSync } from 'node:fs';
const { rounds } = JSON.parse(readFileSync(new URL('./work.json', import.meta.url), 'utf8'));
export function work(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < rounds; at++) hash = Math.imul(hash ^ text.charCodeAt(at % text.length), 0x01000193) >>> 0;
  return hash;
}
`,
      'work.bench.ts': `import { bench } from 'vitest';
import { work } from './work.ts';
bench('work', () => work('the quick brown fox'));
`,
    },
  },
  {
    ...{
      language: 'Python',
      harness: 'pytest-benchmark',
      file: 'test_work.py',
      name: 'test_work',
      rounds: 1000,
    },
    data: 'work.json',
    sources: {
      'test_work.py': `import json
from pathlib import Path

ROUNDS = json.loads(Path(__file__).with_name("work.json").read_text())["rounds"]


def work(text):
    data = text.encode()
    size = len(data)
    value = 0x811C9DC5
    for at in range(ROUNDS):
        value = ((value ^ data[at % size]) * 0x01000193) & 0xFFFFFFFF
    return value


def test_work(benchmark):
    benchmark(work, "the quick brown fox")
`,
    },
  },
  {
    ...{ language: 'Go', harness: 'go-testing', file: 'work_test.go', name: 'BenchmarkWork', rounds: 8000 },
    data: 'work.txt',
    sources: {
      'go.mod': 'module example.com/proof\n\ngo 1.24\n',
      'work.go': `package proof

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed work.txt
var text string

var rounds, _ = strconv.Atoi(strings.TrimSpace(text))

// Work is FNV-1a, as many rounds as the data file says.
func Work(text string) uint32 {
	hash := uint32(0x811c9dc5)
	for at := 0; at < rounds; at++ {
		hash = (hash ^ uint32(text[at%len(text)])) * 0x01000193
	}
	return hash
}
`,
      'work_test.go': `package proof

import "testing"

var sink uint32

func BenchmarkWork(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink = Work("the quick brown fox")
	}
}
`,
    },
  },
];

/** Writes a program that does `factor` times the work. */
export async function writeProgram(program: Program, folder: string, factor: number): Promise<void> {
  const rounds = Math.round(program.rounds * factor);
  const data = program.data.endsWith('.json') ? JSON.stringify({ rounds }) : String(rounds);
  for (const [path, text] of Object.entries({ ...program.sources, [program.data]: `${data}\n` })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
