/** The page of the stored models: what each is, and how it was trained. */
@NullMarked
package app.headlight.web.models;

import org.jspecify.annotations.NullMarked;
