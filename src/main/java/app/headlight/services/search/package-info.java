/** Which edges between the parts of a model carry what one sentence has and another has not. */
@NullMarked
package app.headlight.services.search;

import org.jspecify.annotations.NullMarked;
