import * as z from 'zod/mini';
import { catalogueEntry } from '../../issues/catalogue-schema.ts';

/** What `psso-monitor catalogue --json` prints: every entry, whole. */
export const catalogueOutput = z.array(catalogueEntry);
export type CatalogueOutput = z.infer<typeof catalogueOutput>;
