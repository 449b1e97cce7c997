/**
 * The attention of Explore: the grid of heads, the lines, the tokens, a selected line in words, and a layer at once.
 */
@NullMarked
package app.headlight.web.explore.attention;

import org.jspecify.annotations.NullMarked;
