/** Sets of sentences, and what a head does over them: does it always do this? */
@NullMarked
package app.headlight.services.sentences;

import org.jspecify.annotations.NullMarked;
