/** Every way in which a text could be somewhere in another one. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  // Base64 of what stands at any place: without what depends on its neighbours.
  const shifted = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return [encoded.slice(shift === 0 ? 0 : 4, -2)];
  });
  return [
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.normalize('NFD'),
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    bytes.toString('hex'),
    wide.toString('latin1'),
    wide.toString('base64').slice(0, -4),
    ...shifted,
    ...shifted.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ].filter((form) => form.length >= 4);
}
