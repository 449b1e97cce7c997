/**
 * The Explore screen: a sentence, a stored model, and how the one is computed by the other. {@link Explorer} turns a
 * state into what is computed; a panel each draws a part of it and answers with a changed state.
 */
@NullMarked
package app.headlight.web.explore;

import org.jspecify.annotations.NullMarked;
