/** What a trial writes: one benchmark, so many samples, seconds per operation, in the order taken. */
export type Writer = (samples: readonly number[]) => string;

const json = (value: unknown): string => JSON.stringify(value);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The same samples as each tool would have kept them. A fork, a run or a start of a process has one each. */
export const WRITERS: Readonly<Record<string, Writer>> = {
  'assay-samples': (samples) =>
    json({
      schema: 'nx-assay/bench-samples@1',
      unit: 'ns/op',
      benchmarks: [
        {
          subject: 'parse',
          iterations: 1000,
          overheadNs: 0,
          resolutionNs: 1,
          batches: [
            {
              role: 'main',
              attempt: 1,
              replicates: samples.map((seconds, pair) => ({
                side: 'head',
                pair,
                sequence: pair,
                startedAtMs: pair,
                warmup: [],
                chunks: [seconds * 1e9],
                extra: [],
              })),
            },
          ],
        },
      ],
    }),
  'go-benchmark': (samples) =>
    [
      'goos: linux',
      'goarch: amd64',
      'pkg: example.com/shop',
      'cpu: AMD EPYC',
      ...samples.map(
        (seconds) =>
          `BenchmarkParse-2   \t  100000\t ${(seconds * 1e9).toPrecision(6)} ns/op\t ${(1e-3 / seconds).toPrecision(6)} MB/s\t 64 B/op\t 2 allocs/op`,
      ),
      'PASS',
      '',
    ].join('\n'),
  'pytest-benchmark': (samples) =>
    json({
      machine_info: {
        node: 'host',
        machine: 'x86_64',
        system: 'Linux',
        cpu: { brand_raw: 'AMD EPYC', count: 2 },
      },
      commit_info: {},
      benchmarks: [
        {
          name: 'test_parse',
          fullname: 'test_parse.py::test_parse',
          stats: { data: samples, rounds: samples.length, mean: mean(samples), stddev: 0 },
        },
      ],
      version: '5.3.1',
    }),
  pyperf: (samples) =>
    json({
      version: '1.0',
      metadata: { hostname: 'host', cpu_model_name: 'AMD EPYC', name: 'parse', unit: 'second' },
      benchmarks: [{ runs: samples.map((seconds) => ({ values: [seconds] })) }],
    }),
  'criterion-csv': (samples) =>
    [
      'group,function,value,throughput_num,throughput_type,sample_measured_value,unit,iteration_count',
      ...samples.map((seconds, index) => `shop,parse,,,,${seconds * 1e9 * (index + 1)},ns,${index + 1}`),
      '',
    ].join('\n'),
  'criterion-messages': (samples) =>
    `${json({
      reason: 'benchmark-complete',
      id: 'shop/parse',
      unit: 'ns',
      iteration_count: samples.map((_, index) => index + 1),
      measured_values: samples.map((seconds, index) => seconds * 1e9 * (index + 1)),
    })}\n`,
  jmh: (samples) =>
    json([
      {
        benchmark: 'shop.Parse.parse',
        mode: 'avgt',
        forks: samples.length,
        primaryMetric: {
          score: mean(samples) * 1e6,
          scoreError: 'NaN',
          scoreUnit: 'us/op',
          rawData: samples.map((seconds) => [seconds * 1e6]),
        },
        secondaryMetrics: {},
      },
    ]),
  'jmh-throughput': (samples) =>
    json([
      {
        benchmark: 'shop.Parse.parse',
        mode: 'thrpt',
        primaryMetric: { scoreUnit: 'ops/ms', rawData: samples.map((seconds) => [1e-3 / seconds]) },
      },
    ]),
  hyperfine: (samples) => json({ results: [{ command: './parse', mean: mean(samples), times: samples }] }),
  'google-benchmark': (samples) =>
    json({
      context: { host_name: 'host', num_cpus: 2, library_build_type: 'release' },
      benchmarks: samples.map((seconds, index) => ({
        name: 'BM_Parse',
        run_name: 'BM_Parse',
        run_type: 'iteration',
        repetition_index: index,
        real_time: seconds * 1e6,
        cpu_time: seconds * 1e6,
        time_unit: 'us',
      })),
    }),
  mitata: (samples) =>
    json({
      layout: [{ name: null }],
      context: { arch: 'x64-linux', runtime: 'node', cpu: { name: 'AMD EPYC' } },
      benchmarks: [
        { alias: 'parse', group: 0, runs: [{ name: 'parse', stats: { samples: sorted(samples, 1e9) } }] },
      ],
    }),
  'vitest-4': (samples) =>
    json({
      files: [
        {
          filepath: '/shop/a.bench.ts',
          groups: [{ fullName: 'a', benchmarks: [{ name: 'parse', samples: sorted(samples, 1e3) }] }],
        },
      ],
    }),
  'vitest-5': (samples) =>
    json({
      testResults: [
        {
          name: '/shop/a.bench.ts',
          assertionResults: [
            {
              ancestorTitles: [],
              title: 'parse',
              status: 'passed',
              benchmarks: [
                { name: 'parse', tasks: [{ name: 'parse', latency: { samples: sorted(samples, 1e3) } }] },
              ],
            },
          ],
        },
      ],
    }),
};

function sorted(samples: readonly number[], factor: number): number[] {
  return samples.map((seconds) => seconds * factor).sort((a, b) => a - b);
}
