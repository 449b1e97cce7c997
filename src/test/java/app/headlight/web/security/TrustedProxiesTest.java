package app.headlight.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

class TrustedProxiesTest {

    @Test
    void nobodyIsBelievedWhereNobodyIsNamed() {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        new TrustedProxies(List.of()).customize(factory);
        assertThat(factory.getEngineValves()).isEmpty();
        assertThat(new TrustedProxies(List.of(" ")).isTrusted("127.0.0.1")).isFalse();
    }

    @Test
    void whoIsNamedIsAndNobodyLikeThem() {
        TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.*", " 192.0.2.7 ", "0:0:0:0:0:0:0:1"));
        assertThat(List.of("10.0.0.1", "10.0.0.255", "192.0.2.7", "0:0:0:0:0:0:0:1"))
                .allMatch(proxies::isTrusted);
        assertThat(List.of("10.0.1.1", "10x0.0.1", "192.0.2.70", "127.0.0.1", "1.10.0.0.1", "0:0:0:0:0:0:0:2"))
                .noneMatch(proxies::isTrusted);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        proxies.customize(factory);
        assertThat(factory.getEngineValves()).hasSize(1);
    }

    @Test
    void whatIsNoAddressStopsTheStart() {
        for (String wrong : List.of("proxy.example", "10.0.0.0/8", ".*|x")) {
            assertThatThrownBy(() -> new TrustedProxies(List.of(wrong))).hasMessageContaining(wrong);
        }
    }
}
