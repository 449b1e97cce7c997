package app.headlight.web.security;

import app.headlight.people.Settings;
import com.vaadin.flow.server.auth.AccessCheckResult;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.auth.NavigationAccessChecker;
import com.vaadin.flow.server.auth.NavigationContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/**
 * Which views are open to whom. One without an annotation is for reading: open to everybody, or to everybody with an
 * account where the instance is private. {@code @AnonymousAllowed} is open always, {@code @PermitAll} to whoever is signed
 * in, {@code @RolesAllowed} to those roles.
 */
@Component
class ReadingRights implements NavigationAccessChecker {

    private final boolean isPrivate;

    ReadingRights(Settings settings) {
        isPrivate = settings.isPrivate();
    }

    @Override
    public AccessCheckResult check(NavigationContext context) {
        boolean open = context.isErrorHandling() || isOpen(context.getNavigationTarget(), context);
        return open ? context.allow() : context.deny("not for this person");
    }

    private boolean isOpen(Class<?> view, NavigationContext context) {
        if (view.isAnnotationPresent(AnonymousAllowed.class)) {
            return true;
        }
        boolean signedIn = context.getPrincipal() != null;
        RolesAllowed roles = view.getAnnotation(RolesAllowed.class);
        if (roles != null) {
            return signedIn && Arrays.stream(roles.value()).anyMatch(context::hasRole);
        }
        return signedIn || (!isPrivate && !view.isAnnotationPresent(PermitAll.class));
    }
}
