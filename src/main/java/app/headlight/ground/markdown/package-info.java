/** Markdown that people write, as HTML in which nothing runs. */
@NullMarked
package app.headlight.ground.markdown;

import org.jspecify.annotations.NullMarked;
