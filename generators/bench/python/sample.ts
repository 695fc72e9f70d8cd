import type { Shape } from '../exported-function.ts';
import { sampleText } from '../sample-text.ts';

/** Python source of a sample value, and the imports it needs. `None` where a human must supply it. Pure. */
export function pythonSample(shape: Shape, name: string, imports: Set<string>, index?: string): string {
  const again = (of: Shape, at = index): string => pythonSample(of, name, imports, at);
  switch (shape.kind) {
    case 'number':
      if (index !== undefined) return shape.float ? `${index} + 0.5` : `${index} + 1`;
      return shape.float ? '19.99' : '10';
    case 'string':
      return index === undefined || sampleText(name) !== sampleText('')
        ? quote(sampleText(name))
        : `f"item {${index}}"`;
    case 'boolean':
      return 'True';
    case 'bytes':
      return 'b"measure" * 100';
    case 'literal':
      return shape.text;
    case 'expression':
      for (const line of shape.imports) imports.add(line);
      return shape.text;
    case 'list':
    case 'set': {
      const [open, close] =
        shape.kind === 'set' ? ['{', '}'] : shape.type === 'tuple' ? ['tuple(', ')'] : ['[', ']'];
      if (index !== undefined)
        return shape.type === 'tuple' ? `(${again(shape.of)},)` : `${open}${again(shape.of)}${close}`;
      return `${open}${again(shape.of, 'i')} for i in range(100)${close}`;
    }
    case 'map':
      return index === undefined
        ? `{${shape.key.kind === 'string' ? 'f"key {i}"' : again(shape.key, 'i')}: ${again(shape.of, 'i')} for i in range(100)}`
        : `{${again(shape.key)}: ${again(shape.of)}}`;
    case 'tuple':
      return shape.of.length === 0
        ? '()'
        : `(${shape.of.map((of) => again(of)).join(', ')}${shape.of.length === 1 ? ',' : ''})`;
    case 'record':
      imports.add(`from ${shape.module} import ${shape.type}`);
      return `${shape.type}(${shape.fields.map((field) => `${field.name}=${pythonSample(field.shape, field.name, imports, index)}`).join(', ')})`;
    case 'callback':
      return `lambda *_: ${again(shape.returns)}`;
    default:
      return 'None';
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
