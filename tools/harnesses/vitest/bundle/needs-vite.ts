import { MATCHERS } from '../runtime/matchers.ts';

/** Imports that only Vite understands: components, styles, assets and queries. */
export const VITE_IMPORT =
  /(\?(raw|url|inline|worker|sharedworker|init|react|component)\b|\.(vue|svelte|astro|css|scss|sass|less|styl|stylus|pcss|postcss|svg|png|jpe?g|gif|webp|avif|woff2?|md|mdx|html|graphql|gql)$|^virtual:|^\/@|^\$(app|env|lib)\b)/;

const META = /\bimport\.meta\.(glob|env)\b/;

/** What a source file needs from Vite, or nothing. */
export function sourceNeedsVite(text: string): string | undefined {
  const found = META.exec(text);
  return found ? `it uses ${found[0]}` : undefined;
}

/**
 * What a benchmark file uses of Vitest beyond what the fast runner offers, or nothing. Reads text only, so
 * that both sides, which have the same benchmark files, decide alike.
 */
export function benchmarkNeedsVitest(text: string): string | undefined {
  const code = withoutComments(text);
  const mock = /\b(vi|vitest)\.\w+/.exec(code);
  if (mock) return `it uses ${mock[0]}`;
  if (/\b(test|it)\.extend\b/.test(code)) return 'it uses test.extend';
  if (/@vitest-environment\s+(?!node)\w+/.test(text)) return 'it asks for a @vitest-environment';
  if (!/\bexpect\b/.test(code)) return sourceNeedsVite(code);
  const asymmetric = /\bexpect\.\w+/.exec(code);
  if (asymmetric) return `it uses ${asymmetric[0]}`;
  for (const [, matcher] of code.matchAll(/\.(to[A-Z]\w*)\s*\(/g)) {
    if (
      matcher &&
      /^to(Be|Equal|Have|Match|Contain|Throw|Strict|Satisfy|Return|Resolve)/.test(matcher) &&
      !(matcher in MATCHERS)
    ) {
      return `it uses expect().${matcher}`;
    }
  }
  return sourceNeedsVite(code);
}

/** Rough, and only for telling what is used: a `//` inside a string hides the rest of that line. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1');
}
