import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readReport } from '../kernel/report/read.ts';
import { renderTerminal } from '../views/terminal/report.ts';

/**
 * Draws a Report as its terminal output into an SVG, for the docs:
 * `node tools/scripts/picture.ts .assay/bench/<project>/report.json docs/images/bench.svg 'npx nx run …'`.
 */
const [from, to, command = ''] = process.argv.slice(2);
if (from === undefined || to === undefined) {
  console.error(
    "Usage: node tools/scripts/picture.ts <report.json> <picture.svg> ['command shown above it']",
  );
  process.exit(2);
}

const WIDTH = 118;
const CELL = { width: 8.2, height: 19 };
const PAD = 18;
const ESC = String.fromCharCode(27);
const SEQUENCE = new RegExp(`(${ESC}\\[\\d+m)`, 'g');
const COLOURS: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  36: '#79c0ff',
};

const report = await readReport(from);
const shown = { ...report, findings: report.findings.map(({ help: _, ...rest }) => rest) };
const text = `${ESC}[2m$ ${command}${ESC}[22m\n\n${renderTerminal(shown, { width: WIDTH, colour: true })}`;
const lines = text.trimEnd().split('\n').flatMap(wrap);

const height = lines.length * CELL.height + 2 * PAD;
const width = WIDTH * CELL.width + 2 * PAD;
const rows = lines.map((line, index) => {
  const y = PAD + (index + 0.75) * CELL.height;
  return `<text x="${PAD}" y="${y.toFixed(1)}" xml:space="preserve">${spans(line)}</text>`;
});
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="13.6" fill="#e6edf3" role="img" aria-label="Terminal output of a bench run">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${rows.join('\n')}
</svg>
`;
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, svg);

/** Long lines break at blanks; styles never span a break in what we print. */
function wrap(line: string): string[] {
  const out: string[] = [];
  let rest = line;
  while (visible(rest).length > WIDTH) {
    const cut = rest.lastIndexOf(' ', WIDTH);
    if (cut < 20) break;
    out.push(rest.slice(0, cut));
    rest = `    ${rest.slice(cut + 1)}`;
  }
  return [...out, rest];
}

function visible(line: string): string {
  return line.replace(SEQUENCE, '');
}

/** ANSI colours, bold and dim as attributes. */
function spans(line: string): string {
  let fill = '';
  let weight = '';
  let opacity = '';
  return line
    .split(SEQUENCE)
    .map((part) => {
      const code = part.startsWith(ESC) ? part.slice(2, -1) : undefined;
      if (code === undefined)
        return part === '' ? '' : `<tspan${fill}${weight}${opacity}>${escapeXml(part)}</tspan>`;
      if (COLOURS[code]) fill = ` fill="${COLOURS[code]}"`;
      else if (code === '39') fill = '';
      else if (code === '1') weight = ' font-weight="bold"';
      else if (code === '2') opacity = ' opacity="0.65"';
      else if (code === '22') weight = opacity = '';
      return '';
    })
    .join('');
}

function escapeXml(part: string): string {
  return part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
