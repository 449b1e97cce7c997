/**
 * The bars above the pictures of Explore: the sentence with its examples, the steps of a training, and the edits that
 * are made.
 */
@NullMarked
package app.headlight.web.explore.bar;

import org.jspecify.annotations.NullMarked;
