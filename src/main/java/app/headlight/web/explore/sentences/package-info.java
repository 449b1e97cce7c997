/** The tab that shows what the selected head does over many sentences. */
@NullMarked
package app.headlight.web.explore.sentences;

import org.jspecify.annotations.NullMarked;
