import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFormats, type Recording, readRecording, readSource } from './index.ts';
import { recordingFormats } from './registry.gen.ts';
import { parseSource } from './source.ts';

const formats = await loadFormats();

function fixture(format: string, file: string): string {
  return readFileSync(new URL(`${format}/fixtures/${file}`, import.meta.url), 'utf8');
}

function read(text: string): Recording {
  return readSource(parseSource(text, 'file'), formats, 'head');
}

/** Id, unit, order, processes and samples of each figure. */
function shape({ benchmarks }: Recording): readonly unknown[] {
  return benchmarks.map((benchmark) =>
    benchmark.state === 'broken'
      ? [benchmark.id, benchmark.error.code]
      : [
          benchmark.id,
          ...benchmark.metrics.map(({ unit, better, data }) =>
            data.state === 'summary'
              ? `${unit} ${better} summary of ${data.count}`
              : `${unit} ${better} ${data.order} ${data.processes.length}×${data.processes[0]?.values.length}`,
          ),
        ],
  );
}

describe.each(Object.keys(recordingFormats))('the format %s', (id) => {
  it('has its own id, a title, and fixtures of both sides', () => {
    const format = formats.find((one) => one.id === id);
    expect(format?.title).toMatch(/\S/);
    const folder = join(import.meta.dirname, id, 'fixtures');
    const endings = ['json', 'jsonl', 'txt', 'csv'].filter((ending) =>
      existsSync(join(folder, `base.${ending}`)),
    );
    expect(endings.length).toBeGreaterThan(0);
    for (const ending of endings) {
      for (const side of ['base', 'head']) expect(read(fixture(id, `${side}.${ending}`)).format).toBe(id);
    }
  });
});

describe('real output', () => {
  it.each([
    ['assay-samples', 'json', ['src/parse.bench.ts › parse › long line', 'ns/op lower kept 12×5']],
    [
      'go-benchmark',
      'txt',
      [
        'example.com/text › BenchmarkRepeat',
        'ns/op lower kept 1×10',
        'B/s higher kept 1×10',
        'B/op lower kept 1×10',
        'allocs/op lower kept 1×10',
      ],
    ],
    ['pytest-benchmark', 'json', ['test_b.py::test_sum', 'ns/op lower kept 1×14']],
    ['pyperf', 'json', ['sum', 'ns/op lower kept 8×3']],
    ['hyperfine', 'json', ['sleep 0.01', 'ns/op lower kept 12×1']],
    ['google-benchmark', 'json', ['BM_Parse/10', 'ns/op lower kept 1×12']],
    ['mitata', 'json', ['json parse', 'ns/op lower sorted 1×60']],
    ['vitest-4', 'json', ['a.bench.ts › text › json parse', 'ns/op lower summary of 24694']],
    ['vitest-5', 'json', ['a.bench.ts › parse › json parse', 'ns/op lower sorted 1×60']],
    ['jmh', 'json', ['shop.ParseBenchmark.parse [size=10]', 'ns/op lower kept 12×3', 'B/op lower kept 12×3']],
    ['criterion', 'csv', ['parse/short', 'ns/op lower kept 1×20']],
    ['criterion', 'jsonl', ['parse/short', 'ns/op lower kept 1×20']],
  ])('of %s (%s)', (format, ending, first) => {
    expect(shape(read(fixture(format, `base.${ending}`)))[0]).toEqual(first);
  });

  it('of Criterion as a folder, by samples and by estimates', async () => {
    const folder = join(import.meta.dirname, 'criterion/fixtures/base-folder');
    const all = await readRecording(folder, 'base-folder', 'base');
    expect(shape(all)).toEqual([
      ['parse/long', 'ns/op lower kept 1×20'],
      ['parse/short', 'ns/op lower kept 1×20'],
    ]);
    const one = await readRecording(join(folder, 'parse/short/new/estimates.json'), 'estimates.json', 'base');
    expect(shape(one)).toEqual([['benchmark', 'ns/op lower summary of 20']]);
  });

  it('in nanoseconds, whatever the file has, and with its machine', () => {
    const values = (format: string, file: string) => {
      const [benchmark] = read(fixture(format, file)).benchmarks;
      const data = benchmark?.state === 'read' ? benchmark.metrics[0]?.data : undefined;
      return data?.state === 'samples' ? (data.processes[0]?.values[0] ?? 0) : 0;
    };
    expect(values('hyperfine', 'base.json')).toBeCloseTo(11_335_343, 3);
    expect(values('pytest-benchmark', 'base.json')).toBeCloseTo(56_136.3, 1);
    expect(values('go-benchmark', 'base.txt')).toBe(1267);
    expect(read(fixture('go-benchmark', 'base.txt')).machine).toEqual({
      os: 'linux',
      arch: 'amd64',
      cpu: 'AMD EPYC',
      cores: '2',
    });
    expect(read(fixture('pyperf', 'base.json')).machine).toMatchObject({
      host: 'bench-host',
      cpu: 'AMD EPYC',
    });
  });
});

describe('a file that cannot be judged', () => {
  it.each([
    ['', 'recordings/empty'],
    ['   \n', 'recordings/empty'],
    ['hello', 'recordings/unknown-format'],
    ['{"a": 1}', 'recordings/unknown-format'],
    ['[]', 'recordings/unknown-format'],
    ['{"results": [', 'files/malformed'],
    ['{"results": []}', 'recordings/no-benchmarks'],
    ['{"results": [{"command": "x", "times": [0.1, NaN]}]}', 'recordings/bad-sample'],
    ['goos: linux\nPASS\n', 'recordings/no-benchmarks'],
    ['BenchmarkX 100 12 ns/op 13 ns/op\n', 'recordings/contradictory-units'],
    ['BenchmarkX 100 12', 'recordings/truncated'],
    ['BenchmarkX 100 12 ns/op\nBenchmarkX 100 12 ns/o', 'recordings/truncated'],
    ['cpu: A\nBenchmarkX 100 12 ns/op\ncpu: B\nBenchmarkX 100 12 ns/op\n', 'recordings/two-machines'],
    ['Unit x better=higher\nUnit x better=lower\nBenchmarkX 1 2 x\n', 'recordings/contradictory-units'],
    ['{"reason":"benchmark-complete","id":"a"}\n{"reason":"benchm', 'recordings/truncated'],
    ['group,function,value,sample_time_nanos,iteration_count\na,b,,100', 'recordings/truncated'],
    [
      '{"benchmarks":[{"metadata":{"name":"a"},"runs":[{"metadata":{"hostname":"x"},"values":[1]},{"metadata":{"hostname":"y"},"values":[1]}]}]}',
      'recordings/two-machines',
    ],
  ])('%j is %s', (text, code) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/\S/) }));
  });

  it('is missing, or a folder of something else', async () => {
    await expect(readRecording('/no/such', 'such', 'base')).rejects.toMatchObject({ code: 'files/missing' });
    const here = import.meta.dirname;
    await expect(readRecording(join(here, 'jmh'), 'jmh', 'base')).rejects.toMatchObject({
      code: 'recordings/unknown-format',
    });
  });
});

describe('a benchmark that cannot be used', () => {
  const codes = (text: string) =>
    read(text).benchmarks.map((benchmark) => (benchmark.state === 'broken' ? benchmark.error.code : 'read'));

  it.each([
    ['BenchmarkX 1 NaN ns/op\nBenchmarkY 1 2 ns/op\n', ['recordings/bad-sample', 'read']],
    ['BenchmarkX 1 0 ns/op\n', ['recordings/bad-sample']],
    ['BenchmarkX 1 -5 ns/op\n', ['recordings/bad-sample']],
    ['BenchmarkX 1 5 ns/op 0 allocs/op\n', ['read']],
    ['BenchmarkX 1 5 ns/op 5 ms/op\n', ['recordings/contradictory-units']],
    ['Unit ns/op better=higher\nBenchmarkX 1 5 ns/op\n', ['recordings/contradictory-units']],
    ['{"results":[{"command":"x","times":[]}]}', ['recordings/no-samples']],
    ['{"results":[{"command":"x","times":[0.1,null]}]}', ['recordings/bad-sample']],
    ['{"results":[{"command":"x","times":[0.1],"exit_codes":[1]}]}', ['recordings/failed-benchmark']],
    ['{"results":[{"command":"x","times":[1]},{"command":"x","times":[2]}]}', ['recordings/duplicate-name']],
    [
      '[{"benchmark":"a","mode":"thrpt","primaryMetric":{"scoreUnit":"ns/op","rawData":[[1]]}}]',
      ['recordings/contradictory-units'],
    ],
    [
      '[{"benchmark":"a","mode":"avgt","primaryMetric":{"scoreUnit":"bananas","rawData":[[1]]}}]',
      ['recordings/unknown-unit'],
    ],
    [
      '{"benchmarks":[{"name":"a","run_type":"iteration","real_time":1,"time_unit":"fortnights"}]}',
      ['recordings/unknown-unit'],
    ],
    [
      '{"benchmarks":[{"name":"a","run_type":"iteration","error_occurred":true,"error_message":"no"}]}',
      ['recordings/failed-benchmark'],
    ],
  ])('%s is %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe('Go text', () => {
  it('takes each header for the start of a process, and several packages', () => {
    const run = (pkg: string) => `goos: linux\npkg: ${pkg}\nBenchmarkX-8 1 5 ns/op\nPASS\nok  \t${pkg}\t1s\n`;
    expect(shape(read(run('a').repeat(3) + run('b')))).toEqual([
      ['a › BenchmarkX', 'ns/op lower kept 3×1'],
      ['b › BenchmarkX', 'ns/op lower kept 1×1'],
    ]);
  });

  it('keeps what looks like a number of processors where names differ in it', () => {
    const text = 'BenchmarkX/size-10 1 5 ns/op\nBenchmarkX/size-20 1 5 ns/op\n';
    expect(read(text).benchmarks.map(({ id }) => id)).toEqual(['BenchmarkX/size-10', 'BenchmarkX/size-20']);
  });

  it('joins units of one kind, and takes declared directions', () => {
    const text =
      'Unit hits better=higher assume=exact\nBenchmarkX 1 5 us/op 3 hits\nBenchmarkX 1 4 ms/op 3 hits\n';
    const [benchmark] = read(text).benchmarks;
    expect(benchmark).toMatchObject({
      metrics: [
        { unit: 'ns/op', data: { processes: [{ values: [5000, 4_000_000] }] } },
        { unit: 'hits', better: 'higher', exact: true },
      ],
    });
  });

  it('reads the events of go test -json', () => {
    const event = (output: string) => JSON.stringify({ Action: 'output', Package: 'a', Output: output });
    const lines = ['pkg: a\n', 'BenchmarkX-2 \t', '10\t 5 ns/op\n', 'BenchmarkX-2 10 6 ns/op\n'].map(event);
    expect(shape(read(lines.join('\n')))).toEqual([['a › BenchmarkX', 'ns/op lower kept 1×2']]);
  });
});
