/**
 * Findings about models, with every version, comments, votes, collections, presentations and short links; their safe
 * rendering, export and import, and the events that tell all open pages about changes.
 */
@NullMarked
package app.headlight.services.findings;

import org.jspecify.annotations.NullMarked;
