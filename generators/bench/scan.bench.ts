import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { scanGoFile } from './go/package-scan.ts';
import { mask } from './mask.ts';
import { scanPythonModule } from './python/module-scan.ts';
import { scanModule } from './typescript/module-scan.ts';

const fixture = (path: string): string => readFileSync(join(import.meta.dirname, 'fixtures', path), 'utf8');
const typescript = fixture('typescript-odd/src/totals.ts').repeat(10);
const python = fixture('python-odd/src/shop_rules/rules.py').repeat(10);
const go = fixture('go-odd/shelf/shelf.go').repeat(10);

test('scan', async ({ bench }) => {
  await bench('mask a TypeScript module', () => mask(typescript, 'typescript')).run();
  await bench('scan a TypeScript module', () => scanModule(typescript)).run();
  await bench('scan a Python module', () => scanPythonModule(python)).run();
  await bench('scan a Go file', () => scanGoFile(go)).run();
});
