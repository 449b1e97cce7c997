/**
 * What the Explore screen shows at the moment, and what its panels share: the state with what is computed for it, the
 * changes that panels ask for, and the words and colours that several of them use.
 */
@NullMarked
package app.headlight.web.explore.shown;

import org.jspecify.annotations.NullMarked;
