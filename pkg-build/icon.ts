import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';

/** The types of an .icns file that hold a PNG, with its width and height. */
const types = [
  ['ic08', 256],
  ['ic09', 512],
] as const;

/**
 * The product's icon: a check mark on a rounded square. Drawn and packed by JavaScript only, so that every
 * build has the same bytes.
 */
export function icon(): Uint8Array {
  const entries = types.map(([type, size]) => {
    const png = pngOf(size);
    return Buffer.concat([header(type, png.length), png]);
  });
  const content = Buffer.concat(entries);
  return Buffer.concat([header('icns', content.length), content]);
}

function header(type: string, contentLength: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(type, 'latin1');
  bytes.writeUInt32BE(contentLength + 8, 4);
  return bytes;
}

/** A PNG with 8 bits of red, green, blue and alpha. */
function pngOf(size: number): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let y = 0; y < size; y++) {
    // Each row begins with its filter: 0, none.
    const row = y * (1 + size * 4) + 1;
    for (let x = 0; x < size; x++)
      rows.writeUInt32BE(colourAt((x + 0.5) / size, (y + 0.5) / size, size), row + x * 4);
  }
  const about = Buffer.alloc(13);
  about.writeUInt32BE(size, 0);
  about.writeUInt32BE(size, 4);
  about.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', about),
    chunk('IDAT', Buffer.from(zlibSync(rows, { level: 9 }))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const bytes = Buffer.alloc(named.length + 8);
  bytes.writeUInt32BE(content.length, 0);
  named.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(named), named.length + 4);
  return bytes;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const blue = [0x1f, 0x6f, 0xb5] as const;
/** The square leaves the margin that icons of macOS have. */
const half = 0.4;
const corner = 0.18;
const mark: readonly (readonly [Point, Point])[] = [
  [
    { x: 0.31, y: 0.52 },
    { x: 0.44, y: 0.65 },
  ],
  [
    { x: 0.44, y: 0.65 },
    { x: 0.69, y: 0.37 },
  ],
];
const markWidth = 0.045;

/** The colour at a point of the unit square, as red, green, blue and alpha. */
function colourAt(x: number, y: number, size: number): number {
  // A distance becomes a share of the pixel, which smooths the edges.
  const share = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance * size));
  const alpha = share(toSquare({ x, y }));
  const white = share(Math.min(...mark.map(([from, to]) => toLine({ x, y }, from, to))) - markWidth);
  const [red, green, bluePart] = blue.map((part) => Math.round(part + (0xff - part) * white));
  return (
    (((red ?? 0) << 24) | ((green ?? 0) << 16) | ((bluePart ?? 0) << 8) | Math.round(alpha * 0xff)) >>> 0
  );
}

/** The distance to the edge of the rounded square; negative inside. */
function toSquare({ x, y }: Point): number {
  const [dx, dy] = [Math.abs(x - 0.5) - half + corner, Math.abs(y - 0.5) - half + corner];
  const outside = Math.sqrt(Math.max(dx, 0) ** 2 + Math.max(dy, 0) ** 2);
  return outside + Math.min(Math.max(dx, dy), 0) - corner;
}

function toLine({ x, y }: Point, from: Point, to: Point): number {
  const [ax, ay, bx, by] = [x - from.x, y - from.y, to.x - from.x, to.y - from.y];
  const along = Math.min(1, Math.max(0, (ax * bx + ay * by) / (bx * bx + by * by)));
  return Math.sqrt((ax - along * bx) ** 2 + (ay - along * by) ** 2);
}
