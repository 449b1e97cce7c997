package app.headlight.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells open pages that the server runs, with a mark of their session: another mark means another session. */
@RestController
class AliveController {

    private static final String MARK = AliveController.class.getName();

    @GetMapping(path = "/alive", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> alive(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(session == null ? "none" : mark(session));
    }

    private static String mark(HttpSession session) {
        synchronized (MARK) {
            if (session.getAttribute(MARK) == null) {
                session.setAttribute(MARK, UUID.randomUUID().toString());
            }
            return String.valueOf(session.getAttribute(MARK));
        }
    }
}
