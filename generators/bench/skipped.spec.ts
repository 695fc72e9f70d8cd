import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import benchGenerator from './generator.ts';

async function generate(files: Readonly<Record<string, string>>, written: string): Promise<string> {
  const tree = createTreeWithEmptyWorkspace();
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  const quiet = (): void => {};
  const host = { readProjects: async () => [], info: quiet, warn: quiet };
  await benchGenerator(tree, { project: 'p', skipFormat: true }, host);
  return tree.read(written, 'utf-8') ?? '(missing)';
}

const vitest4 = '{"devDependencies":{"vitest":"4.0.0"}}';
const source = 'export function talk(socket: WebSocket, order: { lines: { price: Money }[] }): void {}';

describe('a benchmark whose input a human must supply', () => {
  it('is skipped in the form of Vitest 5', async () => {
    const text = await generate({ 'p/index.ts': source }, 'p/p.bench.ts');
    expect(text.slice(text.indexOf('// TODO'))).toMatchInlineSnapshot(`
      "// TODO(assay): supply a realistic input for socket (WebSocket), then remove .skip.
      // TODO(assay): supply a realistic input for order.lines[].price (Money), then remove .skip.
      test.skip('talk', async ({ bench }) => {
        const socket = undefined as never;
        const order = { lines: Array.from({ length: 100 }, () => ({ price: undefined as never })) };
        await bench('talk', () => talk(socket, order)).run();
      });
      "
    `);
  });

  it('is skipped in the older form', async () => {
    const text = await generate({ 'p/index.ts': source, 'package.json': vitest4 }, 'p/p.bench.ts');
    expect(text.slice(text.indexOf('describe('))).toMatchInlineSnapshot(`
      "describe("p", () => {
        // TODO(assay): supply a realistic input for socket (WebSocket), then remove .skip.
        // TODO(assay): supply a realistic input for order.lines[].price (Money), then remove .skip.
        {
          const socket = undefined as never;
          const order = { lines: Array.from({ length: 100 }, () => ({ price: undefined as never })) };
          bench.skip('talk', () => talk(socket, order));
        }
      });
      "
    `);
  });

  it('is skipped in Python', async () => {
    const text = await generate(
      { 'p/p.py': 'def talk(socket, order: "Order"):\n    pass\n', 'p/pyproject.toml': '' },
      'p/tests/benchmarks/test_p_bench.py',
    );
    expect(text.slice(text.indexOf('import'))).toMatchInlineSnapshot(`
      "import pytest

      from p import talk


      @pytest.mark.skip(reason="TODO(assay): supply a realistic input for socket (no annotation), order ('Order')")
      def test_talk(benchmark):
          socket = None  # TODO(assay): no annotation
          order = None  # TODO(assay): "Order"
          benchmark(talk, socket, order)
      "
    `);
  });

  it('is skipped in Go', async () => {
    const text = await generate(
      {
        'p/p.go': 'package p\n\nfunc Talk(socket net.Conn, done chan<- int) error { return nil }\n',
        'p/go.mod': 'go 1.26\n',
      },
      'p/p_bench_test.go',
    );
    expect(text.slice(text.indexOf('func'))).toMatchInlineSnapshot(`
      "func BenchmarkTalk(b *testing.B) {
      	b.Skip("TODO(assay): supply a realistic input for socket (net.Conn), done (chan<- int)")
      	// for b.Loop() {
      	// 	Talk(socket, done)
      	// }
      }
      "
    `);
  });

  it('stands in comments in Java, whose JMH cannot skip', async () => {
    const text = await generate(
      {
        'p/src/main/java/a/Talk.java':
          'package a;\n\npublic class Talk {\n  public static void talk(java.net.Socket socket, java.util.function.Supplier<Integer> done) throws Exception {}\n}\n',
        'p/pom.xml': '<project></project>',
      },
      'p/src/test/java/a/TalkBenchmark.java',
    );
    expect(text.slice(text.indexOf('public class'))).toMatchInlineSnapshot(`
      "public class TalkBenchmark {
          // TODO(assay): supply a realistic input for socket (java.net.Socket), done (java.util.function.Supplier<Integer>), then remove the comment marks.
          // @Benchmark
          // public void talk() throws Exception {
          //     Talk.talk(socket, done);
          // }
      }
      "
    `);
  });
});
