/**
 * Text to token ids and back: tokenizers read from Hugging Face's tokenizer.json, or bare ids where a model has none, and
 * what each token looks like on a page. Plain Java; nothing here knows a model.
 */
@NullMarked
package app.headlight.text;

import org.jspecify.annotations.NullMarked;
