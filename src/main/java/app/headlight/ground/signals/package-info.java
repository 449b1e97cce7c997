/** Tells who wants to know that something changed, on whichever server. */
@NullMarked
package app.headlight.ground.signals;

import org.jspecify.annotations.NullMarked;
