// What axe finds serious or critical in the page, a line each; arguments: the callback.
const done = arguments[arguments.length - 1];
axe
  .run(document, { resultTypes: ['violations'], rules: { 'label-content-name-mismatch': { enabled: true } } })
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
