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
