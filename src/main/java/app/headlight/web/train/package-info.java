/** The page on which people train their own toy models and watch their heads form. */
@NullMarked
package app.headlight.web.train;

import org.jspecify.annotations.NullMarked;
