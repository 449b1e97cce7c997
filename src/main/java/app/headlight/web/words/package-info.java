/** How numbers, quantities and tokens are written on pages. */
@NullMarked
package app.headlight.web.words;

import org.jspecify.annotations.NullMarked;
