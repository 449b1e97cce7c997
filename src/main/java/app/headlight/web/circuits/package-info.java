/** The page about a model without a sentence: its heads, how they compose, and what they do in tokens. */
@NullMarked
package app.headlight.web.circuits;

import org.jspecify.annotations.NullMarked;
