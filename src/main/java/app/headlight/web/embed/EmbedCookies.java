package app.headlight.web.embed;

import app.headlight.web.view.EmbedAddress;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import org.apache.catalina.Context;
import org.apache.tomcat.util.http.CookieProcessor;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.http.Rfc6265CookieProcessor;
import org.apache.tomcat.util.http.ServerCookies;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets an embedded view have its session within a page of another site, where browsers keep no ordinary cookie. The
 * cookie that it gets there is partitioned: it is valid only within pages of that site, and belongs to nobody who is
 * signed in.
 */
@Component
class EmbedCookies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(EmbedCookies::customize);
    }

    private static void customize(Context context) {
        context.setCookieProcessor(new Framed(context.getCookieProcessor()));
    }

    /** The ordinary cookies, except for a view that a page of another site shows. */
    private record Framed(CookieProcessor usual, Rfc6265CookieProcessor elsewhere) implements CookieProcessor {

        Framed(CookieProcessor usual) {
            this(usual, new Rfc6265CookieProcessor());
            elsewhere.setSameSiteCookies("none");
            elsewhere.setPartitioned(true);
        }

        @Override
        public void parseCookieHeader(MimeHeaders headers, ServerCookies cookies) {
            usual.parseCookieHeader(headers, cookies);
        }

        @Override
        public String generateHeader(Cookie cookie, HttpServletRequest request) {
            if (!isElsewhere(request)) {
                return usual.generateHeader(cookie, request);
            }
            Cookie framed = (Cookie) cookie.clone();
            framed.setSecure(true);
            return elsewhere.generateHeader(framed, request);
        }

        @Override
        public Charset getCharset() {
            return usual.getCharset();
        }

        private static boolean isElsewhere(HttpServletRequest request) {
            return request.getRequestURI().equals(request.getContextPath() + "/" + EmbedAddress.PATH)
                    && "iframe".equals(request.getHeader("Sec-Fetch-Dest"))
                    && "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
    }
}
