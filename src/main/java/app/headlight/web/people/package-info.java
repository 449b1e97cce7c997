/** The pages of people: signing in, joining, one's own account, and what admins see. */
@NullMarked
package app.headlight.web.people;

import org.jspecify.annotations.NullMarked;
