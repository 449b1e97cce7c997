/** What panels of pages have in common, so that a page, embedded views and the pictures of findings show the same ones. */
@NullMarked
package app.headlight.web.panels;

import org.jspecify.annotations.NullMarked;
