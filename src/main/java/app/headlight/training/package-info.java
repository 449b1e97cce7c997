/**
 * Training of toy models: recipes, the examples they are shown, the optimizer, checkpoints, and the record of how loss and
 * heads changed. Plain Java: the page and the command are both drivers of {@link Training}.
 */
@NullMarked
package app.headlight.training;

import org.jspecify.annotations.NullMarked;
