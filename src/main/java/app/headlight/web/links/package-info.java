/** Short links to views, and what others show of such a link before it is opened: its title, its words and its picture. */
@NullMarked
package app.headlight.web.links;

import org.jspecify.annotations.NullMarked;
