/** Edits of runs as people ask for them, on a page, in an address or by REST: read, checked against model and sentence, said in words. */
@NullMarked
package app.headlight.services.edits;

import org.jspecify.annotations.NullMarked;
