import * as z from 'zod/mini';
import { catalogueEntry } from '../../issues/catalogue-schema.ts';

/** The output of `psso-monitor catalogue --json`: every entry with all fields. */
export const catalogueOutput = z.array(catalogueEntry);
export type CatalogueOutput = z.infer<typeof catalogueOutput>;
