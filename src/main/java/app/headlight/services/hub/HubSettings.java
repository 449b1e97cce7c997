package app.headlight.services.hub;

import app.headlight.engine.refusal.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which hub is asked, and for how long.
 *
 * @param endpoint its address without a slash at the end, such as {@code https://huggingface.co}
 * @param token what the hub knows this server by; null without one
 * @param connect the longest time for a connection
 * @param silence the longest time without a byte on it
 * @param look the longest time for all that is asked before the weights are fetched
 * @param pause the time before a fetch that was cut off continues; doubled with every cut
 */
@Component
public record HubSettings(
        URI endpoint, @Nullable String token, Duration connect, Duration silence, Duration look, Duration pause) {

    private static final String USUAL = "https://huggingface.co";

    /** The settings as {@code headlight.hub.endpoint} and {@code headlight.hub.token} give them; both may be empty. */
    @Autowired
    public HubSettings(
            @Value("${headlight.hub.endpoint:" + USUAL + "}") String endpoint,
            @Value("${headlight.hub.token:}") String token) {
        this(
                address(endpoint.strip()),
                token.isBlank() ? null : token.strip(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1));
    }

    /** @throws Refusal naming the setting that is wrong */
    public HubSettings {
        boolean isWeb = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
        if (!isWeb
                || endpoint.getHost() == null
                || endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null
                || endpoint.toString().endsWith("/")) {
            throw wrong(endpoint.toString());
        }
        if (token != null && !token.matches("[!-~]+")) {
            throw new Refusal("headlight.hub.token has a character that no token has; expected one such as hf_…");
        }
    }

    /** Whether an address is on the endpoint itself: by the same protocol, on the same host and port. */
    boolean isEndpoint(URI address) {
        return endpoint.getScheme().equalsIgnoreCase(address.getScheme())
                && endpoint.getHost().equalsIgnoreCase(address.getHost())
                && port(endpoint) == port(address);
    }

    /** The port of an address, or else that of its protocol. */
    static int port(URI address) {
        int usual = "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
        return address.getPort() < 0 ? usual : address.getPort();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "hub " + endpoint + (token == null ? " without a token" : " with a token");
    }

    private static URI address(String text) {
        String bare = text.isEmpty() ? USUAL : text.replaceFirst("/+$", "");
        try {
            URI address = new URI(bare);
            String scheme = address.getScheme();
            return scheme == null
                    ? address
                    : new URI(scheme.toLowerCase(Locale.ROOT) + bare.substring(scheme.length()));
        } catch (URISyntaxException broken) {
            throw wrong(text);
        }
    }

    private static Refusal wrong(String given) {
        return new Refusal(
                "headlight.hub.endpoint is “" + given + "”; expected the address of a hub, such as " + USUAL);
    }
}
