/** The text less the characters that XML forbids. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}

/** Text that may stand between tags or in an attribute. */
export function escapeXml(text: string): string {
  return withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** One SVG element; `content` is markup that these functions made. */
export function tag(name: string, attributes: Record<string, string | number>, content = ''): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${list.join('')}>${content}</${name}>`;
}

/** A line of text. Its spaces are kept. */
export function textTag(x: number, y: number, text: string, attributes: Record<string, string | number> = {}): string {
  return tag('text', { x, y, 'xml:space': 'preserve', ...attributes }, escapeXml(text));
}

/** A whole SVG document over a plain background. */
export function svgDocument(width: number, height: number, background: string, content: string): string {
  const space = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` };
  return tag('svg', space, tag('rect', { width, height, fill: background }) + content);
}

/** Draws an SVG document into a PNG, as a data URL. */
export async function rasterise(svg: string, scale = 2): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}
