/**
 * The people of an instance: accounts and their roles, how one joins and signs in, what is remembered of that, and who is
 * signed in right now. Knows no page; {@code web.security} brings it to the browser.
 */
@NullMarked
package app.headlight.people;

import org.jspecify.annotations.NullMarked;
