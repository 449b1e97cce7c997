/** The page of one head: all that is known of it, measured and written. */
@NullMarked
package app.headlight.web.heads;

import org.jspecify.annotations.NullMarked;
