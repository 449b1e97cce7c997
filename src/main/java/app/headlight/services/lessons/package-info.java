/** Lessons: files of steps with live views and questions, read and checked; those of members; who has come how far in them. */
@NullMarked
package app.headlight.services.lessons;

import org.jspecify.annotations.NullMarked;
