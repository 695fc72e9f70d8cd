import {
  type ExportedFunction,
  isKnown,
  neededParameters,
  openParameters,
  type Shape,
} from './exported-function.ts';

/** As few benchmarks as tell something about a project. */
const FEWEST = 3;

/** Names of functions that start something or end it: calling one in a loop would be an accident. */
const unsafe =
  /^(main|run|mount|unmount|createApp|createServer|handler|(start|stop|serve|server|listen|init|initialize|setup|teardown|connect|disconnect|bootstrap|install|shutdown|exit|kill|delete|drop|destroy|send|save|publish|upload|download|fetch|open|close)([A-Z_].*)?)$/;

/**
 * The functions most worth a benchmark: cheap inputs first, then those that loop, take collections or texts,
 * and do more. Equal ones keep the order of the sources. Functions without input, and those whose input a
 * human must supply, only fill up to three. Pure.
 *
 * @param count how many at most
 */
export function chooseFunctions(
  functions: readonly ExportedFunction[],
  count: number,
): readonly ExportedFunction[] {
  const scored = functions
    .filter(({ local }) => !unsafe.test(`${local.charAt(0).toLowerCase()}${local.slice(1)}`))
    .map((fn, order) => ({ fn, order, score: score(fn) }));
  scored.sort((a, b) => b.score - a.score || a.order - b.order);
  const isReady = (fn: ExportedFunction): boolean =>
    neededParameters(fn).length > 0 && openParameters(fn).length === 0;
  const ready = scored.filter(({ fn }) => isReady(fn)).slice(0, count);
  const missing = Math.max(0, Math.min(count, FEWEST) - ready.length);
  const fill = scored.filter(({ fn }) => !isReady(fn)).slice(0, missing);
  return [...ready, ...fill].map(({ fn }) => fn);
}

function score(fn: ExportedFunction): number {
  const needed = neededParameters(fn);
  const inputs = needed.reduce((sum, { shape }) => sum + (isKnown(shape) ? breadth(shape) : 0), 0);
  return (
    -100 * openParameters(fn).length +
    Math.min(inputs, 6) +
    (fn.loops ? 4 : 0) +
    Math.min(fn.bodyLines, 30) / 10 -
    (needed.length === 0 ? 20 : 0) -
    (fn.async ? 3 : 0)
  );
}

function breadth(shape: Shape): number {
  switch (shape.kind) {
    case 'list':
    case 'map':
    case 'set':
      return 3;
    case 'string':
    case 'record':
      return 2;
    case 'callback':
      return 0;
    default:
      return 1;
  }
}
