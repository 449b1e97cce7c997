import type { LitElement } from 'lit';

type Shown = LitElement & { data?: object };

/**
 * What people choose of how an element shows its data, such as an order or a fold, and what no address says. The browser's
 * tab keeps it by the element and the data's name: it is there again when one comes back, and where the page is loaded anew.
 */
export class KeptView {
  private readonly host: Shown;
  private readonly read = new Map<string, { text: string | null; value: unknown }>();

  constructor(host: Shown) {
    this.host = host;
  }

  /** What has been chosen; until then the first. */
  get<V>(property: string, first: V): V {
    const key = this.key(property);
    const text = readText(key);
    let known = this.read.get(key);
    if (!known || known.text !== text) {
      known = { text, value: text === null ? undefined : parsed(text) };
      this.read.set(key, known);
    }
    return known.value === undefined ? first : (known.value as V);
  }

  /** @param value that can be written as JSON; undefined: the first again */
  set(property: string, value: unknown): void {
    writeText(this.key(property), value === undefined ? '' : JSON.stringify(value));
    this.host.requestUpdate(property, Symbol('another'));
  }

  private key(property: string): string {
    const { localName, id, data } = this.host;
    return `headlight-view ${localName} ${id} ${property} ${(data as { name?: string } | undefined)?.name ?? ''}`;
  }
}

/** What a tab does not keep, being full or within a page of another site, stays as long as this page. */
const unkept = new Map<string, string>();

function readText(key: string): string | null {
  if (unkept.has(key)) return unkept.get(key)!;
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeText(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
    unkept.delete(key);
  } catch {
    unkept.set(key, text);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
