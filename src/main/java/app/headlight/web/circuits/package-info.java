/** The page about a model alone, without a sentence: its heads, how they compose, and what they say in tokens. */
@NullMarked
package app.headlight.web.circuits;

import org.jspecify.annotations.NullMarked;
