/**
 * A text that a parameter of this name plausibly takes: a parser that is given `sample` measures its error path.
 * Later rows are more general.
 */
const samples: readonly (readonly [RegExp, string])[] = [
  [/json/i, '{"id": 1, "items": [1, 2, 3]}'],
  [/csv/i, 'id,name,price\n1,apple,0.50\n2,pear,0.75'],
  [/html|xml|markup/i, '<p>Hello <b>world</b></p>'],
  [/ur[li]|href|link/i, 'https://example.com/items?page=2&sort=price'],
  [/e-?mail/i, 'ada@example.com'],
  [/date|day/i, '2024-02-29'],
  [/time|stamp/i, '2024-02-29T12:30:00Z'],
  [/currency/i, 'EUR'],
  [/country/i, 'DE'],
  [/locale|lang/i, 'en-GB'],
  [/price|amount|money|total|decimal|rate/i, '19.99'],
  [/quantity|count|number|digits?$/i, '42'],
  [/path|file/i, 'src/items/index.txt'],
  [/host|domain/i, 'example.com'],
  [/pattern|regexp?$/i, 'a+b'],
  [/sku/i, 'SKU-0001'],
  [/(^|_)(id|key|code|uuid)$|[a-z](Id|Key|Code|Uuid)$/, 'A-0001'],
  [/name|user|customer/i, 'Ada Lovelace'],
  [/query|search|term|keyword/i, 'blue shirt'],
  [/word|token|slug|tag/i, 'measure'],
];

/** Sample text for a parameter or field. Pure. */
export function sampleText(name: string): string {
  return (
    samples.find(([pattern]) => pattern.test(name))?.[1] ?? 'The quick brown fox jumps over the lazy dog'
  );
}

/** What a name alone suggests, in code without types; `undefined` where it suggests nothing. Pure. */
export function guessKind(name: string): 'string' | 'number' | undefined {
  if (
    /^(n|i|j|k|x|y|z|a|b)$|(count|index|limit|size|length|width|height|amount|price|quantity|qty|total|rate|percent|age|year|depth|level|factor)$/i.test(
      name,
    )
  ) {
    return 'number';
  }
  return /^(s|str)$|(text|string|name|line|source|query|sku|slug|word|title|message|url|email|path)$/i.test(
    name,
  )
    ? 'string'
    : undefined;
}
