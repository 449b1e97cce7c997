package app.headlight.web.security;

import app.headlight.engine.refusal.Refusal;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The Content-Security-Policy of every answer. A script runs only from this server, or in a page that carries the
 * page's own nonce; {@code 'unsafe-eval'} is what Vaadin's client needs to build functions of the expressions that it
 * is sent, and only the pages that hold it have it. Styles may be inline, since web components set them on elements.
 */
@Component
public class ContentPolicy implements VaadinServiceInitListener {

    /** The view that other sites may show in a frame, where that is configured. */
    static final String EMBED = "/embed";

    public static final String HEADER = "Content-Security-Policy";

    private static final int NONCE_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final String embedAncestors;

    /** @param frames the origins that may show {@value #EMBED} in a frame: {@code https://blog.example} */
    ContentPolicy(@Value("${headlight.embed.frames:}") List<String> frames) {
        for (String origin : frames) {
            if (!origin.strip().matches("https?://[A-Za-z0-9.*-]+(:[0-9]+)?")) {
                throw new Refusal("headlight.embed.frames: “" + origin
                        + "” is not an origin; expected one such as https://blog.example, separated by commas.");
            }
        }
        embedAncestors =
                ("'self' " + String.join(" ", frames.stream().map(String::strip).toList())).strip();
    }

    /** The policy of answers that are not pages of Vaadin. */
    public static String plain() {
        return policy("'self'", "'none'");
    }

    private static String policy(String scripts, String ancestors) {
        return "default-src 'self'; script-src " + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'"
                + "; object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors "
                + ancestors;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(this::guard);
    }

    private void guard(IndexHtmlResponse page) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        page.getDocument().getElementsByTag("script").attr("nonce", nonce);
        String path = String.valueOf(page.getVaadinRequest().getPathInfo());
        // Vaadin has said SAMEORIGIN; the embed form's list of origins is nothing that this header could say.
        page.getVaadinResponse().setHeader("X-Frame-Options", path.equals(EMBED) ? null : "DENY");
        page.getVaadinResponse()
                .setHeader(
                        HEADER,
                        policy(
                                "'self' 'nonce-" + nonce + "' 'unsafe-eval'",
                                path.equals(EMBED) ? embedAncestors : "'none'"));
    }
}
