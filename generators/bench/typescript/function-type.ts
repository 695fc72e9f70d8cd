import { closing } from '../brackets.ts';
import { mask } from '../mask.ts';

/** Parameter list of a function type (`(a: number) => string`); `undefined` where the text is none. Pure. */
export function functionTypeParameters(type: string): string | undefined {
  const text = type.trim();
  const masked = mask(text, 'typescript');
  const open = masked[0] === '<' ? masked.indexOf('(', Math.max(0, closing(masked, 0))) : 0;
  if (masked[open] !== '(') return undefined;
  const end = closing(masked, open);
  return end > 0 && /^\s*=>/.test(masked.slice(end + 1)) ? text.slice(open + 1, end) : undefined;
}

/** Result type of a function type; `undefined` where the text is none. Pure. */
export function functionTypeResult(type: string): string | undefined {
  if (functionTypeParameters(type) === undefined) return undefined;
  const text = type.trim();
  const masked = mask(text, 'typescript');
  const open = masked[0] === '<' ? masked.indexOf('(', closing(masked, 0)) : 0;
  return text.slice(masked.indexOf('=>', closing(masked, open)) + 2).trim();
}
