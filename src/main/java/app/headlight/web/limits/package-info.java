/** Limits of requests: the size of a body, and the time that it takes to arrive. */
@NullMarked
package app.headlight.web.limits;

import org.jspecify.annotations.NullMarked;
