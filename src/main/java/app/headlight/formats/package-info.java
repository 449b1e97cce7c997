/** Files that other tools read and write: safetensors, TransformerLens's configuration and names. */
@NullMarked
package app.headlight.formats;

import org.jspecify.annotations.NullMarked;
