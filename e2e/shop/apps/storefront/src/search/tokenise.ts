const STOP_WORDS = new Set(['a', 'an', 'and', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);
const WORD = /[\p{L}\p{N}]+/gu;
const MARKS = /\p{M}+/gu;

/** Words of a text as the index knows them: lower case, without accents, stop words or plural endings. */
export function tokenise(text: string): string[] {
  const tokens: string[] = [];
  const plain = text.normalize('NFD').replace(MARKS, '').toLowerCase();
  for (const [word] of plain.matchAll(WORD)) {
    if (!STOP_WORDS.has(word)) tokens.push(stem(word));
  }
  return tokens;
}

/** Takes off the plural endings of English; a word of three letters or fewer stays as it is. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('xes') || word.endsWith('ches') || word.endsWith('shes')) return word.slice(0, -2);
  if (word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us')) return word.slice(0, -1);
  return word;
}
