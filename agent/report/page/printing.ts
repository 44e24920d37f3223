const before = new Set<() => void>();
const after = new Set<() => void>();
const media = matchMedia('print');
let printing = false;

/** Calls `begin` before the page is printed, and `end` after it: paper has no buttons. */
export function onPrint(begin: () => void, end: () => void): void {
  before.add(begin);
  after.add(end);
}

export function isPrinting(): boolean {
  return printing;
}

function start(): void {
  if (printing) return;
  printing = true;
  for (const listener of before) listener();
}

function stop(): void {
  if (!printing) return;
  printing = false;
  for (const listener of after) listener();
}

// Browsers differ in which of these they send, and in the order.
addEventListener('beforeprint', start);
addEventListener('afterprint', stop);
media.addEventListener('change', () => (media.matches ? start() : stop()));
