/** What can be measured about a model and written in a line, such as {@code score(L1H3, induction)}; lessons and claims stand on it. */
@NullMarked
package app.headlight.services.measures;

import org.jspecify.annotations.NullMarked;
