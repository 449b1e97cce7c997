package app.headlight.web.security;

import app.headlight.ground.people.Settings;
import com.vaadin.flow.server.auth.AccessCheckResult;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.auth.NavigationAccessChecker;
import com.vaadin.flow.server.auth.NavigationContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/**
 * Decides which views are open to whom. A view without an annotation is for reading: open to everybody, or on a private
 * instance to everybody with an account. {@code @AnonymousAllowed} is always open, {@code @PermitAll} to everybody who
 * is signed in, {@code @RolesAllowed} to those roles.
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
