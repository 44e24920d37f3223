/** A share of 0 to 1 in percent; below ten percent with one decimal: "4.2 %", "37 %". */
export function percentText(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}
