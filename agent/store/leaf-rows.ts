import { closeSync, openSync, readSync } from 'node:fs';

/** A page that holds rows of a table, in SQLite's file format (https://sqlite.org/fileformat2.html, 1.6). */
const tableLeaf = 0x0d;
const pageHeader = 8;

type Cell = number | string | null;

/**
 * The rows of all table leaves with this number of columns, by reading each page on its own: also where the
 * pages above them are damaged. Rows that continue on other pages are left out. Nothing here is trusted: the
 * caller validates each cell.
 */
export function* leafRows(
  path: string,
  pageSize: number,
  columns: number,
): Generator<{ readonly number: number; readonly cells: readonly Cell[] }> {
  const file = openSync(path, 'r');
  try {
    const page = Buffer.alloc(pageSize);
    for (let at = pageSize; readSync(file, page, 0, pageSize, at) === pageSize; at += pageSize) {
      if (page[0] !== tableLeaf) continue;
      const cells = Math.min(page.readUInt16BE(3), (pageSize - pageHeader) / 2);
      for (let cell = 0; cell < cells; cell++) {
        const row = rowAt(page, page.readUInt16BE(pageHeader + 2 * cell), columns);
        if (row !== null) yield row;
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Null: no complete row of this shape. */
function rowAt(page: Buffer, start: number, columns: number): { number: number; cells: Cell[] } | null {
  try {
    const size = varint(page, start);
    const number = varint(page, size.end);
    if (size.value > page.length - 35) return null;
    const end = number.end + size.value;
    const header = varint(page, number.end);
    const headerEnd = number.end + header.value;
    const cells: Cell[] = [];
    let type = header.end;
    let content = headerEnd;
    while (type < headerEnd) {
      const serial = varint(page, type);
      const cell = cellOf(page, content, serial.value);
      if (cell === null) return null;
      cells.push(cell.value);
      type = serial.end;
      content = cell.end;
    }
    return content === end && end <= page.length && cells.length === columns
      ? { number: number.value, cells }
      : null;
  } catch {
    return null;
  }
}

function varint(page: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let end = start; end < start + 8; ) {
    const byte = page.readUInt8(end++);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end };
  }
  throw new RangeError('a number of nine bytes');
}

/** The bytes of an integer by its serial type. */
const integerBytes: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 6 };

/** Null: a type that no column has. */
function cellOf(page: Buffer, start: number, serial: number): { value: Cell; end: number } | null {
  if (serial === 0) return { value: null, end: start };
  if (serial === 8 || serial === 9) return { value: serial - 8, end: start };
  const bytes = integerBytes[serial];
  if (bytes !== undefined) return { value: page.readIntBE(start, bytes), end: start + bytes };
  if (serial < 13 || serial % 2 === 0) return null;
  const end = start + (serial - 13) / 2;
  return end > page.length ? null : { value: page.toString('utf8', start, end), end };
}
