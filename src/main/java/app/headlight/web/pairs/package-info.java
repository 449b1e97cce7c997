/** Pairs of sentences that people choose: made by a template from the words of a model, or their own. */
@NullMarked
package app.headlight.web.pairs;

import org.jspecify.annotations.NullMarked;
