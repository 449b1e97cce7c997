/**
 * The small language of lessons: what is measured of a model and a sentence ({@code score(head(induction), induction)}), for
 * numbers in a text and for the conditions of questions. It is checked when a lesson is read, and computed when it is shown.
 */
@NullMarked
package app.headlight.services.lessons.language;

import org.jspecify.annotations.NullMarked;
