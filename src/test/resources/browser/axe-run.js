// What axe finds serious or critical in the elements of a selector, a line each; arguments: the selector, whether by
// all rules or by those of colours, and the callback.
const [part, all, done] = arguments;
const options = all
  ? { rules: { 'label-content-name-mismatch': { enabled: true } } }
  : { runOnly: ['color-contrast', 'link-in-text-block'] };
// A colour that is on its way to another, as of a label whose field takes the focus, is neither.
const roots = [document];
for (const root of roots) {
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  for (const moving of root.getAnimations()) {
    try {
      moving.finish();
    } catch {
      // it has no end
    }
  }
}
axe
  .run(part, { resultTypes: ['violations'], ...options })
  .then(({ violations }) =>
    done(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(({ target, any, all, none }) => {
            const why = [...any, ...all, ...none].map(({ message }) => message).join('; ');
            return `${id} at ${target.flat().join(' » ')}: ${why}`;
          }),
        ),
    ),
  )
  .catch((failed) => done([`axe failed: ${failed}`]));
