/**
 * Training of toy models: recipes, examples, the optimizer, checkpoints, and the record of how loss and heads changed.
 * Plain Java; the page and the command both run a {@link Training}.
 */
@NullMarked
package app.headlight.engine.training;

import org.jspecify.annotations.NullMarked;
