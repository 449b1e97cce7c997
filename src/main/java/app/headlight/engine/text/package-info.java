/**
 * Text to token ids and back: tokenizers read from Hugging Face's tokenizer.json, or bare ids where a model has none;
 * what each token looks like on a page; and the learning of a byte-pair vocabulary from text. Plain Java; nothing here
 * knows a model.
 */
@NullMarked
package app.headlight.engine.text;

import org.jspecify.annotations.NullMarked;
