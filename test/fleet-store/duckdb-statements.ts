import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = join(import.meta.dirname, '../../docs/admin/store-duckdb.md');

/** The statements of docs/admin/store-duckdb.md, which make views of the tables of a store. */
export function duckdbStatements(store: string): string[] {
  const [, sql = ''] = /```sql\n(.*?)```/s.exec(readFileSync(page, 'utf8')) ?? [];
  const here = sql.replaceAll("'store/", `'${store.replaceAll("'", "''")}/`);
  return here.split(';\n').filter(Boolean);
}
