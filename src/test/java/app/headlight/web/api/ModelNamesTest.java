package app.headlight.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.services.findings.ShortLinks;
import app.headlight.web.security.Visitor;
import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a model is called, it is answered, opened and linked by that name. */
class ModelNamesTest extends SharedServer {

    @Autowired
    private ShortLinks links;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @FieldSource("app.headlight.SharedServer#ODD_NAMES")
    void isAnsweredByRestAndOpenedAsAPage(String name) throws Exception {
        String path = "/api/v1/models/" + Address.escaped(name);
        HttpRequest run = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path + "/run"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tokens\": [1, 2, 3]}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(run, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("tokens").size())
                .isEqualTo(3);
        Visitor visitor = new Visitor(port);
        assertThat(visitor.get(path + "/circuits").statusCode()).isEqualTo(200);
        assertThat(visitor.get(path + "/neighbours?token=1").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/api/v1/findings/export?model=" + Address.escaped(name))
                        .statusCode())
                .isEqualTo(200);
        String address = ExploreAddress.of(name, -1, "1 2 3");
        assertThat(visitor.get("/" + address).statusCode()).isEqualTo(200);
        String code = links.code(null, address);
        assertThat(Jsoup.parse(visitor.get("/s/" + code).body())
                        .select("meta[property=og:title]")
                        .attr("content"))
                .startsWith(name);
        assertThat(links.address(code)).contains(address);
        assertThat(visitor.get(path + "x/circuits").statusCode()).isEqualTo(404);
    }
}
