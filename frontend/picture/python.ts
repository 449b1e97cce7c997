/** What a program from the server has in place of the address at which this browser has that server. */
const SERVER = '\nserver = "SERVER"\n';

/**
 * The program that computes what a picture shows, which the picture's element has as its property `python`; empty where
 * none is offered.
 *
 * @param root the root in which the picture's menu stands: that of the element
 * @param base the address of the page's application
 */
export function pythonOf(root: Node, base: string): string {
  const { python } = ((root as ShadowRoot).host ?? {}) as { python?: string };
  const server = base.replace(/[^/]*$/, '').replace(/\/+$/, '');
  return (python ?? '').replace(SERVER, () => `\nserver = ${JSON.stringify(server)}\n`);
}
