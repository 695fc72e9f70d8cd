import { describe, expect, it } from 'vitest';
import { parseInvocation } from './argv.ts';

const parse = (line: string) => parseInvocation(['/bin/node', '/bin/nx', ...line.split(' ')]);

describe('parseInvocation', () => {
  it.each([
    ['run pricing:bench --base=main', 'run', 'main'],
    ['bench pricing --base HEAD~1', 'run', 'HEAD~1'],
    ['run-many -t bench --base=a --base=b', 'run-many', 'b'],
    ['affected -t bench --base=origin/main --head=HEAD', 'affected', 'origin/main'],
    ['--verbose affected -t bench', 'affected', undefined],
    ['run x:bench --base --verbose', 'run', undefined],
    ['run x:bench --base=', 'run', undefined],
    ['run x:bench --baseHref=/x', 'run', undefined],
  ])('%s', (line, command, base) => {
    expect(parse(line)).toMatchObject({ command, base });
  });

  it('takes words apart, so that every target name is among them', () => {
    expect([...parse('run-many --targets=build,bench -p a').words]).toEqual([
      'run-many',
      '--targets',
      'build',
      'bench',
      '-p',
      'a',
    ]);
    expect(parse('run @shop/a:bench:ci').words).toContain('bench');
    expect(parse('run-many -t bench').hasGlob).toBe(false);
    expect(parse('run-many -t bench*').hasGlob).toBe(true);
  });
});
