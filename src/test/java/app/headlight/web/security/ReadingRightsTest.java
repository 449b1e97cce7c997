package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.Settings;
import app.headlight.web.explore.ExploreView;
import app.headlight.web.people.AccountView;
import app.headlight.web.people.AdminView;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.Router;
import com.vaadin.flow.server.auth.AccessCheckDecision;
import com.vaadin.flow.server.auth.NavigationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which views open, by the way that pages take as by that of addresses. */
class ReadingRightsTest {

    private static final List<Class<?>> VIEWS =
            List.of(ExploreView.class, SignInView.class, JoinView.class, AccountView.class, AdminView.class);

    @Test
    void whereReadingIsOpenAStrangerReads() {
        assertThat(open(false, null)).containsExactly(ExploreView.class, SignInView.class, JoinView.class);
        assertThat(open(false, Role.MEMBER))
                .containsExactly(ExploreView.class, SignInView.class, JoinView.class, AccountView.class);
        assertThat(open(false, Role.ADMIN)).isEqualTo(VIEWS);
    }

    @Test
    void onAPrivateInstanceAStrangerSignsInOrJoins() {
        assertThat(open(true, null)).containsExactly(SignInView.class, JoinView.class);
        assertThat(open(true, Role.READER))
                .containsExactly(ExploreView.class, SignInView.class, JoinView.class, AccountView.class);
        assertThat(open(true, Role.ADMIN)).isEqualTo(VIEWS);
    }

    private static List<Class<?>> open(boolean isPrivate, @Nullable Role role) {
        Settings settings = mock();
        when(settings.isPrivate()).thenReturn(isPrivate);
        ReadingRights rights = new ReadingRights(settings);
        return VIEWS.stream()
                .filter(view -> rights.check(context(view, role)).decision() == AccessCheckDecision.ALLOW)
                .toList();
    }

    private static NavigationContext context(Class<?> view, @Nullable Role role) {
        Router router = mock();
        return new NavigationContext(
                router,
                view,
                new Location(""),
                RouteParameters.empty(),
                role == null ? null : new Person(new Account(1, "Ada", role)),
                asked -> role != null && role.includes(Role.valueOf(asked)),
                false,
                false);
    }
}
