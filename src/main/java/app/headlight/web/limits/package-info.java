/** What a request may cost before anything is done for it: the size of its body, and the time that it takes to come. */
@NullMarked
package app.headlight.web.limits;

import org.jspecify.annotations.NullMarked;
