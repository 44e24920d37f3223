import { writeFileSync } from 'node:fs';
import { catalogueMarkdown } from './document.ts';

/** `node agent/catalogue/write-document.ts`: writes docs/issues.md anew from the catalogue. */
writeFileSync(new URL('../../docs/issues.md', import.meta.url), catalogueMarkdown());
