/**
 * Runs of models that are not here: activations that other programs recorded, checked, stored and kept as long as a
 * setting says, seen by whom their owner says.
 */
@NullMarked
package app.headlight.services.runs;

import org.jspecify.annotations.NullMarked;
