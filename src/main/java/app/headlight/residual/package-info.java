/**
 * The residual stream as a space: what each layer would already say (logit lens), how large the stream is, how it is
 * spread, and which tokens' embeddings lie close together. Plain Java; computes and draws nothing.
 */
@NullMarked
package app.headlight.residual;

import org.jspecify.annotations.NullMarked;
