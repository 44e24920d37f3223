/** A duration in one or two units: "2 d 3 h", "15 min", "40 s". */
export function durationText(seconds: number): string {
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ];
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * size;
    // The second unit is the next smaller one: four days need no seconds.
    if (parts.length === 2 || (count === 0 && parts.length === 1)) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** A duration in one unit, for "… ago": "4 days", "1 day", "3 h", "15 min". */
export function roughDuration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  if (days > 0) return days === 1 ? '1 day' : `${days} days`;
  const [largest = ''] = /^\d+ \S+/.exec(durationText(seconds)) ?? [];
  return largest;
}
