import { tag, textTag } from './svg.ts';

const SIZE = 10;
const LINE = 14;
/** About how wide a letter of that size is. */
const LETTER = 5.4;
const MARGIN = 10;
/** A sentence takes no more letters than these. */
const LONGEST = 600;

/**
 * What a saved picture says of itself: the model, what of it is drawn, and the sentence.
 *
 * @param name of the picture, which says the head where it shows one
 * @param note what it leaves out; may be empty
 * @param address the query of the page's address, which says the model, the step of its training and the sentence
 */
export function smallPrint(name: string, note: string, address: string): string[] {
  const asked = new URLSearchParams(address);
  const [model, step, text] = ['model', 'step', 'text'].map((key) => asked.get(key) ?? '');
  const what = [name.startsWith(model) ? '' : model, name, step && `step ${step}`, note].filter(Boolean).join(' · ');
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  const sentence = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
  return [what, ...(sentence ? [`“${sentence}”`] : [])];
}

/** The drawing made higher, with the lines below it. */
export function withSmallPrint(
  svg: string,
  lines: string[],
  look: { colour: string; font: string; surface: string },
): string {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  const [width, height] = ['width', 'height'].map((side) => Number(new RegExp(`\\s${side}="([\\d.]+)`).exec(root)?.[1]));
  if (!(width > 0) || !(height > 0)) return svg;
  const letters = Math.max(20, Math.floor((width - 2 * MARGIN) / LETTER));
  const wrapped = lines.flatMap((line) => rows(line, letters));
  const whole = height + wrapped.length * LINE + 8;
  const print = wrapped.map((line, i) =>
    textTag(MARGIN, height + (i + 1) * LINE, line, { 'font-size': SIZE, 'font-family': look.font, fill: look.colour }),
  );
  const ground = tag('rect', { x: 0, y: height, width, height: whole - height, fill: look.surface });
  const higher = root
    .replace(/\sheight="[^"]*"/, ` height="${whole}"`)
    .replace(/\sviewBox="[^"]*"/, ` viewBox="0 0 ${width} ${whole}"`);
  const end = svg.lastIndexOf('</svg>');
  return higher + svg.slice(svg.indexOf(root) + root.length, end) + ground + print.join('') + '</svg>';
}

/** The text in rows of at most so many letters, broken between words where it can be. */
function rows(text: string, letters: number): string[] {
  const out: string[] = [];
  let rest = [...text];
  while (rest.length > letters) {
    const space = rest.lastIndexOf(' ', letters);
    const end = space > letters / 2 ? space : letters;
    out.push(rest.slice(0, end).join(''));
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end);
  }
  return [...out, rest.join('')];
}
