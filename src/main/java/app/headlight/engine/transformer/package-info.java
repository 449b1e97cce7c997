/**
 * A transformer as the paper writes it: configuration, weights, and a run that keeps every activation. Rows are
 * activations, weights multiply from the right; names are TransformerLens's.
 */
@NullMarked
package app.headlight.engine.transformer;

import org.jspecify.annotations.NullMarked;
