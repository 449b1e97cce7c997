/** Headlight: take small transformers apart in the browser. The program's start; every part has a package of its own. */
@NullMarked
package app.headlight;

import org.jspecify.annotations.NullMarked;
