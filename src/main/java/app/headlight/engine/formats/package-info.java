/** The files of other tools: safetensors, and TransformerLens's configuration and tensor names. */
@NullMarked
package app.headlight.engine.formats;

import org.jspecify.annotations.NullMarked;
