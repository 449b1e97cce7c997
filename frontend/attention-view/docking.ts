/**
 * Where ends of lines stand while they are scrolled away: in slots at the edge of what is seen, in the sentence's order.
 * Those that are in view by themselves, and not below the slots of others, are not among them.
 *
 * @param tokens what must be seen, in any order
 * @param centre where a token stands in the whole picture
 * @param size how long its slot is
 * @param from where the part begins that is seen, and `to` where it ends
 */
export function docked(
  tokens: number[],
  centre: (token: number) => number,
  size: (token: number) => number,
  from: number,
  to: number,
): Map<number, number> {
  const places = new Map<number, number>();
  const rising = [...new Set(tokens)].sort((a, b) => a - b);
  let low = from;
  for (const token of rising) {
    const slot = size(token);
    if (centre(token) - slot / 2 >= low - 0.5) break;
    places.set(token, low + slot / 2);
    low += slot;
  }
  let high = to;
  for (const token of rising.reverse()) {
    const slot = size(token);
    if (places.has(token) || centre(token) + slot / 2 <= high + 0.5) break;
    places.set(token, high - slot / 2);
    high -= slot;
  }
  return places;
}

/** The token whose slot a place falls into; -1 for none. */
export function slotAt(places: Map<number, number>, size: (token: number) => number, place: number): number {
  for (const [token, centre] of places) if (Math.abs(place - centre) <= size(token) / 2) return token;
  return -1;
}
