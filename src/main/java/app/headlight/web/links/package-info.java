/** Short links to views, and their previews on other sites: title, words and picture. */
@NullMarked
package app.headlight.web.links;

import org.jspecify.annotations.NullMarked;
