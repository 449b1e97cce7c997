package app.headlight.services.hub;

import static app.headlight.services.hub.LocalHub.API;
import static app.headlight.services.hub.LocalHub.MODEL;
import static app.headlight.services.hub.LocalHub.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.hub.LocalHub.Asked;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the hub may send us, whom we believe there, and what we tell them. */
@Timeout(30)
class HubRedirectsTest {

    @TempDir
    private Path folders;

    private final LocalHub hub = new LocalHub();

    @AfterEach
    void close() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[fd00::1]",
                "[fe80::1]",
                "inside.test",
                "mixed.test"
            })
    void noOtherAddressOfTheNetworkIsAsked(String host) {
        hub.network.know("inside.test", "192.168.7.7");
        hub.network.know("mixed.test", LocalNetwork.PUBLIC + ",10.0.0.9");
        String port = hub.cdn().replaceFirst(".*:", "");
        hub.instead.put(API, Handlers.redirect("https://" + host + ":" + port + "/secret"));
        refused()
                .startsWith("The hub at " + hub.endpoint() + " sends to " + host + ", which is ")
                .endsWith("; only addresses of the public internet are followed");
        assertThat(hub.network.connected).containsExactly("127.0.0.1"); // the endpoint itself
        assertThat(hub.askedCdn).isEmpty();
    }

    @Test
    void theSameHostAtAnotherPortIsNotTheEndpoint() {
        hub.instead.put(API, Handlers.redirect(hub.cdn().replace("cdn.test", "hub.test") + "/secret"));
        refused().contains("sends to hub.test, which is 127.0.0.1");
        assertThat(hub.askedCdn).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://cdn.test/x", "ftp://cdn.test/x", "file://cdn.test/x"})
    void onlyHttpsIsFollowed(String to) {
        hub.instead.put(API, Handlers.redirect(to));
        refused().isEqualTo("hub.test sends to " + to.replace("/x", "") + "; only https is followed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:secret@cdn.test/x", "https:///x", "mailto:x", "https://cdn test/x", "https:x"})
    void onlyAddressesOfHostsAreFollowed(String to) {
        hub.instead.put(API, Handlers.redirect(to));
        refused().startsWith("hub.test sends to ").doesNotContain("secret");
        assertThat(hub.network.connected).hasSize(1);
    }

    @Test
    void redirectsEnd() {
        hub.instead.put(API, Handlers.redirect(API));
        refused().endsWith("sends from one address to another without an end: 5 are followed");
        assertThat(hub.askedHub).hasSize(6);
    }

    @Test
    void theAddressThatWasCheckedIsTheOneConnectedTo() throws IOException {
        hub.network.know("cdn.test", LocalNetwork.PUBLIC, "127.0.0.1"); // another one when asked again
        Hub client = hub.client(null);
        client.fetch(client.look(MODEL), folders.resolve("model"), Progress.UNWATCHED);
        assertThat(hub.network.connected).contains(LocalNetwork.PUBLIC);
        assertThat(hub.network.timesResolved("cdn.test")).isEqualTo(1);
        assertThat(hub.askedCdn).hasSize(1);
    }

    @Test
    void anAddressThatChangesIsCheckedAgain() {
        hub.network.know("cdn.test", LocalNetwork.PUBLIC, "127.0.0.1");
        hub.cuts.add(1000);
        Hub client = hub.client(null);
        HubModel model = client.look(MODEL);
        assertThatThrownBy(() -> client.fetch(model, folders.resolve("model"), Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("sends to cdn.test, which is 127.0.0.1");
        assertThat(hub.askedCdn).hasSize(1);
    }

    @Test
    void theTokenGoesToTheHubAlone() throws IOException {
        Hub client = hub.client("hf_secret");
        client.fetch(client.look(MODEL), folders.resolve("model"), Progress.UNWATCHED);
        assertThat(hub.askedHub).hasSize(5).extracting(Asked::token).containsOnly("Bearer hf_secret");
        assertThat(hub.askedCdn).hasSize(1).extracting(Asked::token).containsOnlyNulls();
    }

    @Test
    void theTokenDoesNotComeBackByWayOfAnother() {
        hub.instead.put(API, Handlers.redirect(hub.cdn() + "/away"));
        hub.instead.put("/away", Handlers.redirect(hub.endpoint() + "/settings"));
        hub.instead.put("/settings", Handlers.text("{}"));
        refused().contains("is not that of a hub");
        assertThat(hub.askedHub).extracting(Asked::path).containsExactly(API + "?blobs=true", "/settings");
        assertThat(hub.askedHub).extracting(Asked::token).containsExactly("Bearer hf_secret", null);
    }

    @Test
    void aCertificateForAnotherHostIsNotBelieved() {
        hub.network.know("stranger.test", LocalNetwork.PUBLIC);
        hub.instead.put(API, Handlers.redirect(hub.cdn().replace("cdn.test", "stranger.test") + "/x"));
        refused()
                .startsWith("The hub cannot be asked: stranger.test cannot be read: ")
                .contains("stranger.test found");
        assertThat(hub.askedCdn).isEmpty();
    }

    @Test
    void aCertificateOfNobodyIsNotBelieved() throws NoSuchAlgorithmException {
        hub.network.trust = SSLContext.getDefault();
        refused().startsWith("The hub cannot be asked: hub.test cannot be read: ");
        assertThat(hub.askedHub).isEmpty();
    }

    @Test
    void ifOneAddressTakesNoConnectionTheNextIsTried() throws IOException {
        hub.network.know("cdn.test", "93.184.215.1," + LocalNetwork.PUBLIC);
        hub.network.unreachable.add("93.184.215.1");
        Hub client = hub.client(null);
        client.fetch(client.look(MODEL), folders.resolve("model"), Progress.UNWATCHED);
        assertThat(hub.network.connected).containsSubsequence("93.184.215.1", LocalNetwork.PUBLIC);
        assertThat(hub.askedCdn).hasSize(1);
    }

    @Test
    void aHostWithoutAddressIsNamed() {
        hub.instead.put(RESOLVE + "config.json", Handlers.redirect("https://nowhere.test/x"));
        refused().isEqualTo("The hub cannot be asked: nowhere.test is not known to the network. Try again later.");
    }

    @Test
    void anEndpointWithoutHttpsIsAskedAsItIsConfigured() throws IOException {
        HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        plain.createContext("/", hub::answer);
        plain.createContext("/api/models/moved", Handlers.redirect(API));
        plain.createContext("/api/models/away", Handlers.redirect("http://localhost:1/x"));
        plain.start();
        try {
            hub.large.clear();
            Hub client = new Hub(
                    new HubSettings("http://127.0.0.1:" + plain.getAddress().getPort(), ""));
            Path folder = folders.resolve("model");
            client.fetch(client.look(new HubName("moved", null)), folder, Progress.UNWATCHED);
            assertThat(folder.resolve("model.safetensors")).hasBinaryContent(hub.files.get("model.safetensors"));
            assertThatThrownBy(() -> client.look(new HubName("away", null)))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("127.0.0.1 sends to http://localhost; only https is followed");
        } finally {
            plain.stop(0);
        }
    }

    private AbstractStringAssert<?> refused() {
        return assertThatThrownBy(() -> hub.client("hf_secret").look(MODEL))
                .isInstanceOf(Refusal.class)
                .message();
    }
}
