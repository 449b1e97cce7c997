/** Offers a file to the user: text, or a data URL as canvases and charts give it. */
export function save(name: string, content: string | Blob, type = 'text/plain;charset=utf-8'): void {
  const isDataUrl = typeof content === 'string' && content.startsWith('data:');
  const url = isDataUrl ? content : URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  if (!isDataUrl) setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A CSV of a header and rows; cells that hold a comma, quote or line break are quoted, numbers keep full precision. */
export function csv(header: string[], rows: Array<Array<string | number>>): string {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [header, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n';
}
