/** Which addresses are those of the program's own pages. */
@NullMarked
package app.headlight.ground.addresses;

import org.jspecify.annotations.NullMarked;
