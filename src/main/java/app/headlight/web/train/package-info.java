/** The page on which people train toy models of their own and watch their heads form. */
@NullMarked
package app.headlight.web.train;

import org.jspecify.annotations.NullMarked;
