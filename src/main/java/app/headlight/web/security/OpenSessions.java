package app.headlight.web.security;

import app.headlight.ground.people.SignIns;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The sessions of this node by the sign-in that they belong to. When a sign-in is ended, its sessions end too, also for
 * open pages: at once on the node where it is ended, and within seconds on every other node.
 */
@Component
public class OpenSessions {

    private static final String ATTRIBUTE = OpenSessions.class.getName();

    private final SignIns signIns;
    private final Map<Long, Set<HttpSession>> open = new ConcurrentHashMap<>();

    OpenSessions(SignIns signIns) {
        this.signIns = signIns;
        signIns.listen(this::end);
    }

    /** Ends, when its session does, being listed. */
    private record Bound(long signIn, Map<Long, Set<HttpSession>> open) implements HttpSessionBindingListener {

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            open.computeIfAbsent(signIn, id -> ConcurrentHashMap.newKeySet()).add(event.getSession());
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            open.computeIfPresent(signIn, (id, sessions) -> {
                sessions.remove(event.getSession());
                return sessions.isEmpty() ? null : sessions;
            });
        }
    }

    /** Connects the session with a sign-in. */
    void bind(HttpSession session, long signIn) {
        session.setAttribute(ATTRIBUTE, new Bound(signIn, open));
    }

    /** The session is ended by someone else. */
    void release(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /** The sign-in of a session; null if nobody is signed in. */
    static @Nullable Long signIn(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof Bound bound ? Long.valueOf(bound.signIn()) : null;
    }

    /** The sign-in that a page is of. @param session of Vaadin's, wrapping the server's */
    public static long signIn(com.vaadin.flow.server.WrappedSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof Bound bound ? bound.signIn() : -1;
    }

    private void end(long signIn) {
        for (HttpSession session : Set.copyOf(open.getOrDefault(signIn, Set.of()))) {
            // Not in the thread that ends it: that may hold the lock of another session's pages.
            Thread.ofVirtual().name("end of a session").start(() -> invalidate(session));
        }
    }

    private static void invalidate(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException hasEndedMeanwhile) {
            // as was wanted
        }
    }

    @Scheduled(fixedDelay = 5_000)
    void endWhatOtherNodesEnded() {
        try {
            Set<Long> left = signIns.among(open.keySet());
            open.keySet().stream().filter(signIn -> !left.contains(signIn)).forEach(this::end);
        } catch (DataAccessException databaseGone) {
            // asked again in five seconds
        }
    }
}
