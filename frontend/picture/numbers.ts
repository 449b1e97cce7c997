const MINUS = '−';

/** The number with the fewest digits that names the same float32; a number that is no float32 stays as it is. */
export function shortest(value: number): number {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return value;
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(9));
}

/** Every digit that matters, for tooltips and tables. */
export function exact(value: number): string {
  return String(shortest(value)).replace(/-/g, MINUS);
}

/** Two decimals (or as many as asked) and a sign: "+4.31", "−1.37", "0.00". */
export function signed(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return (value < 0 ? MINUS : '+') + text;
}

/** A figure for axes and colour bars, at most three significant digits. */
export function brief(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replace(/-/g, MINUS).replace('e+', 'e');
}

/** A share in per cent; a share that rounds to nothing says "<0.1 %". */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1 %';
  return `${(100 * share).toFixed(1)} %`;
}

/** A whole number with its thousands apart: "2,048". */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "10⁻²" for the exponent -2. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}
