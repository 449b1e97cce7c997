/** Collections of findings: put in order, printed as a handout, presented slide by slide, and followed. */
@NullMarked
package app.headlight.web.collections;

import org.jspecify.annotations.NullMarked;
