/**
 * Security of the pages: signing in by password, by OpenID Connect or by an earlier cookie, open sessions, the views
 * that everybody may see, and the security headers of every page. REST has its own rights, in {@code web.api}.
 */
@NullMarked
package app.headlight.web.security;

import org.jspecify.annotations.NullMarked;
