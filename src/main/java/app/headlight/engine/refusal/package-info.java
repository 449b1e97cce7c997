/** How wrong input is refused, in words for whoever gave it; what stands on the engine refuses people in the same way. */
@NullMarked
package app.headlight.engine.refusal;

import org.jspecify.annotations.NullMarked;
