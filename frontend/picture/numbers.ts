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

/** So many decimals; a sign only before negative numbers: "−0.0451". What rounds to zero has none. */
export function fixed(value: number, decimals: number): string {
  const size = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(size) !== 0 ? MINUS + size : size;
}

/** A sign and two decimals, three below 0.1, or as many as asked: "+4.31", "−0.24", "−0.045", "0.00". */
export function signed(value: number, decimals = decimalsOf(value)): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function decimalsOf(value: number): number {
  const size = Math.abs(value);
  return size >= 0.0005 && size < 0.0995 ? 3 : 2;
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
  return `${fixed(100 * share, 1)} %`;
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
