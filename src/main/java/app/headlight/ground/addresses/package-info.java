/** Which addresses are those of the program's own pages, and the codes that stand in some. */
@NullMarked
package app.headlight.ground.addresses;

import org.jspecify.annotations.NullMarked;
