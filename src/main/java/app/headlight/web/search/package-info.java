/**
 * The page of circuit search: which edges between the parts of a model carry a behaviour, by several methods over many
 * pairs of sentences, and how much of it the circuits keep.
 */
@NullMarked
package app.headlight.web.search;

import org.jspecify.annotations.NullMarked;
