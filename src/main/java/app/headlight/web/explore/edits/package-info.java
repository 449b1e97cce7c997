/**
 * How a part of the model is edited from the pictures of Explore: the menu, and the marks on what is edited.
 */
@NullMarked
package app.headlight.web.explore.edits;

import org.jspecify.annotations.NullMarked;
