/**
 * Who may see and do what in the browser: signing in by password, by OpenID Connect or by a cookie of before, the sessions
 * that are open, the views that are open to strangers, and the headers that guard every page. REST has its own rights, in
 * {@code web.api}.
 */
@NullMarked
package app.headlight.web.security;

import org.jspecify.annotations.NullMarked;
