package app.headlight.web.security;

import app.headlight.engine.refusal.Refusal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Believes the proxies that {@code headlight.proxies} names in what they say by {@code X-Forwarded-For},
 * {@code -Proto}, {@code -Host} and {@code -Port}: from which address a request comes, and whether by https. From
 * everybody else these headers are ignored.
 */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:*]{2,45}");

    private final String trusted;

    /** @throws Refusal if one is not an address */
    TrustedProxies(@Value("${headlight.proxies:}") List<String> proxies) {
        trusted = proxies.stream()
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .map(TrustedProxies::pattern)
                .collect(Collectors.joining("|"));
    }

    private static String pattern(String proxy) {
        if (!ADDRESS.matcher(proxy).matches()) {
            throw new Refusal(
                    "headlight.proxies: “" + proxy
                            + "” is not an address; expected one such as 127.0.0.1, 10.0.0.* or 0:0:0:0:0:0:0:1, separated by commas.");
        }
        return proxy.replace(".", "\\.").replace("*", "[0-9a-fA-F]+");
    }

    boolean isTrusted(String address) {
        return !trusted.isEmpty() && address.matches(trusted);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        if (!trusted.isEmpty()) {
            RemoteIpValve valve = new RemoteIpValve();
            valve.setInternalProxies(trusted);
            valve.setRemoteIpHeader("x-forwarded-for");
            valve.setProtocolHeader("x-forwarded-proto");
            valve.setHostHeader("x-forwarded-host");
            valve.setPortHeader("x-forwarded-port");
            factory.addEngineValves(valve);
        }
    }
}
