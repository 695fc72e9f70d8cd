/** Parts that a template may place. Everything in them is already escaped. */
export interface TemplateParts {
  readonly title: string;
  readonly verdict: string;
  readonly summary: string;
  readonly table: string;
  readonly findings: string;
  readonly method: string;
  readonly environment: string;
  readonly reproduce: string;
}

export const PLACEHOLDERS: readonly (keyof TemplateParts)[] = [
  'title',
  'verdict',
  'summary',
  'table',
  'findings',
  'method',
  'environment',
  'reproduce',
];

/** The performance delta report as it comes; a workspace overrides it by `assay/templates/<capability>.md`. */
export const DEFAULT_TEMPLATE = `## {{title}}

{{verdict}} {{summary}}

{{table}}

{{findings}}

<details><summary>How this was measured</summary>

{{method}}

{{environment}}

{{reproduce}}

</details>
`;

/**
 * Fills a template. An unknown placeholder stays as it is and is reported, so that a typing error in a
 * team's template is seen and loses nothing.
 */
export function fillTemplate(
  template: string,
  parts: TemplateParts,
): { text: string; unknown: readonly string[] } {
  const unknown: string[] = [];
  const text = template.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name: string) => {
    if ((PLACEHOLDERS as readonly string[]).includes(name)) return parts[name as keyof TemplateParts];
    unknown.push(name);
    return whole;
  });
  return { text: `${text.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`, unknown };
}
