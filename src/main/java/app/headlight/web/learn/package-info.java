/** The lessons: their list, and a page for each with live views that stand in it and questions that are answered there. */
@NullMarked
package app.headlight.web.learn;

import org.jspecify.annotations.NullMarked;
