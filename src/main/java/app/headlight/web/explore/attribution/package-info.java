/**
 * What wrote a logit: by head, by path and by source; and the same step by step.
 */
@NullMarked
package app.headlight.web.explore.attribution;

import org.jspecify.annotations.NullMarked;
