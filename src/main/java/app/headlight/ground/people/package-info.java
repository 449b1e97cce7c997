/**
 * The people of an instance: accounts and roles, how people join and sign in, and who is signed in. Knows no page;
 * {@code web.security} connects it with the browser.
 */
@NullMarked
package app.headlight.ground.people;

import org.jspecify.annotations.NullMarked;
