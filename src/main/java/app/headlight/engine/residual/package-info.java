/**
 * The residual stream as a space: what each layer would predict (logit lens), the size and the principal directions of
 * the stream, and which tokens' embeddings are near each other. Plain Java, without pictures.
 */
@NullMarked
package app.headlight.engine.residual;

import org.jspecify.annotations.NullMarked;
