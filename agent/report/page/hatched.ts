interface Hatched {
  readonly image: HTMLCanvasElement;
  readonly repeat: 'repeat';
}

const made = new Map<string, Hatched>();

/** Diagonal lines: hatching marks unknown time. */
export function hatched(line: string, ground: string): Hatched {
  const key = `${line} ${ground}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const size = 8;
  const image = document.createElement('canvas');
  image.width = size;
  image.height = size;
  const context = image.getContext('2d');
  if (context !== null) {
    context.fillStyle = ground;
    context.fillRect(0, 0, size, size);
    context.strokeStyle = line;
    context.lineWidth = 2;
    context.beginPath();
    for (const shift of [-size, 0, size]) {
      context.moveTo(shift, size);
      context.lineTo(shift + size, 0);
    }
    context.stroke();
  }
  const pattern = { image, repeat: 'repeat' } as const;
  made.set(key, pattern);
  return pattern;
}
