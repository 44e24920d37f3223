import type Database from 'better-sqlite3';
import { checkUntrustedSchema } from './check-untrusted-schema.ts';

/** A fleet has as many schemas as versions of the agent. Past this number, the checks begin again. */
const mostKnown = 16;

/**
 * Checks the schemas of many untrusted databases, each different one once: nearly all Macs of a fleet have
 * the same. Two databases with the same texts in `sqlite_schema` have the same tables and columns.
 */
export class KnownSchemas {
  readonly #tables = new Map<string, readonly string[]>();

  /** As `checkUntrustedSchema`, which it calls for a new schema. */
  check(db: Database.Database, schema: string): readonly string[] {
    const text = schemaText(db, schema);
    const known = this.#tables.get(text);
    if (known !== undefined) return known;
    const tables = checkUntrustedSchema(db, schema);
    if (this.#tables.size >= mostKnown) this.#tables.clear();
    this.#tables.set(text, tables);
    return tables;
  }
}

/** Everything that the check reads. A virtual table has no root page. */
function schemaText(db: Database.Database, schema: string): string {
  const objects = `SELECT group_concat(
      quote(type) || quote(name) || quote(tbl_name) || quote(sql) || quote(coalesce(rootpage >= 1, 0)))
    FROM ${schema}.sqlite_schema`;
  return db.prepare<[], string | null>(objects).pluck().get() ?? '';
}
