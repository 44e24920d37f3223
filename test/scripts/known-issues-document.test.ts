import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../agent/issues/catalogue.ts';
import { catalogueMarkdown } from '../../scripts/known-issues-document.ts';
import { symptoms } from '../../scripts/symptoms.ts';

describe('docs/known-issues.md', () => {
  it('is generated from the catalogue (else: node scripts/write-known-issues-document.ts)', () => {
    const written = readFileSync(new URL('../../docs/known-issues.md', import.meta.url), 'utf8');
    expect(written).toBe(catalogueMarkdown());
  });

  it('has a section for each issue, and its links lead to sections', () => {
    const document = catalogueMarkdown();
    for (const { id } of catalogue) expect(document).toContain(`\n## ${id}\n`);
    const targets = [...document.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]);
    expect(targets.length).toBeGreaterThan(catalogue.length);
    for (const target of targets) expect(catalogue.map((entry) => entry.id)).toContain(target);
  });

  it('has each issue under a symptom', () => {
    const listed = symptoms.flatMap(({ issues }) => issues);
    expect([...new Set(listed)].sort()).toEqual(catalogue.map(({ id }) => id).sort());
  });

  it('has no text for the user when an issue has no notification', () => {
    const section = catalogueMarkdown()
      .split('\n## ')
      .find((part) => part.startsWith('registration-prompt-closed'));
    expect(section).toBeDefined();
    expect(section).not.toContain('What the user reads');
  });
});
