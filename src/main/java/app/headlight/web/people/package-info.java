/** The pages of people who are signed in: one's own account, and what admins see. */
@NullMarked
package app.headlight.web.people;

import org.jspecify.annotations.NullMarked;
