/**
 * Runs of models that are not here: their list, and the page of each, with those panels that need activations alone.
 */
@NullMarked
package app.headlight.web.runs;

import org.jspecify.annotations.NullMarked;
