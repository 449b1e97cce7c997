package app.headlight.web.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.XssPayloads;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.ShortLinks;
import app.headlight.services.findings.Subject;
import app.headlight.web.security.Visitor;
import app.headlight.web.view.Address;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

class ShortLinkTest extends SharedServer {

    private static final String VIEW = "explore?model=induction-by-hand&text=a%20b%20a&heads=L1H0";

    @Autowired
    private ShortLinks links;

    @Autowired
    private LinkMaker maker;

    @Autowired
    private Findings findings;

    @Autowired
    private FindingCollections collections;

    @LocalServerPort
    private int port;

    @Test
    void leadsToTheViewAndTellsOthersWhatItShows() throws Exception {
        String code = links.code(null, "explore?model=storybook-2l&text=The%20king%20and%20the%20king&heads=L1H3");
        HttpResponse<String> answer = new Visitor(port).get("/s/" + code);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                .contains("script-src 'self';", "frame-ancestors 'none'");
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("meta[http-equiv=refresh]").attr("content"))
                .isEqualTo("0; url=/" + links.address(code).orElseThrow());
        assertThat(page.select("body a").attr("href"))
                .isEqualTo("/" + links.address(code).orElseThrow());
        assertThat(property(page, "title")).isEqualTo("storybook-2l · L1H3");
        assertThat(property(page, "description"))
                .startsWith("L1H3 lets \u2068·king\u2069 (4) look at \u2068·")
                .containsPattern("with weight [01]\\.\\d\\d, in “The king and the king”\\.$");
        assertThat(property(page, "url")).isEqualTo("http://localhost:" + port + "/s/" + code);
        assertThat(property(page, "image")).isEqualTo("http://localhost:" + port + "/s/" + code + "/preview.png");
    }

    @Test
    void whatIsNoLinkSaysSo() throws Exception {
        Visitor visitor = new Visitor(port);
        for (String path : List.of("/s/12345678", "/s/%3Cscript%3E", "/s/x%00y")) {
            HttpResponse<String> answer = visitor.get(path);
            assertThat(answer.statusCode()).as(path).isBetween(400, 404);
            assertThat(answer.body()).as(path).doesNotContain("<script");
        }
        assertThat(visitor.get("/s/12345678").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/s/12345678").body()).contains("There is no such short link", "href=\"/\"");
        assertThat(visitor.get("/s/12345678/preview.png").statusCode()).isEqualTo(404);
    }

    @Test
    void nothingRunsThatSomeoneWrote() throws Exception {
        Visitor visitor = new Visitor(port);
        Set<String> known = Set.of("html", "head", "meta", "link", "title", "style", "body", "h1", "p", "a");
        for (String payload : XssPayloads.all()) {
            String encoded = Address.escaped(payload);
            for (String view : List.of(
                    "explore?model=storybook-1l&text=" + encoded + "&heads=" + encoded,
                    "circuits?model=storybook-1l&edge=" + encoded + "&head=" + encoded)) {
                Document page =
                        Jsoup.parse(visitor.get("/s/" + links.code(null, view)).body());
                assertThat(page.getAllElements().stream()
                                .map(Element::tagName)
                                .filter(tag -> !tag.equals("#root"))
                                .collect(Collectors.toSet()))
                        .as(payload)
                        .isSubsetOf(known);
                assertThat(page.getAllElements().stream()
                                .flatMap(element -> element.attributes().asList().stream())
                                .map(attribute -> attribute.getKey()))
                        .as(payload)
                        .noneMatch(name -> name.startsWith("on"));
                assertThat(page.select("meta[http-equiv=refresh]").attr("content"))
                        .isEqualTo("0; url=/" + view);
            }
        }
    }

    @Test
    void aFindingIsToldOfByItsTitleAndACollectionByWhatItHolds() throws Exception {
        Account ada = account("Linking Ada", Role.MEMBER);
        Account member = ada;
        long finding = findings.add(
                        member,
                        new Content(
                                Subject.ofModel("induction-by-hand"),
                                "It <b>copies</b>",
                                "From *before*.",
                                List.of(),
                                "",
                                80,
                                VIEW))
                .id();
        Document page = Jsoup.parse(new Visitor(port)
                .get("/s/" + links.code(null, "findings/" + finding))
                .body());
        assertThat(property(page, "title")).isEqualTo("It <b>copies</b>");
        assertThat(property(page, "description")).isEqualTo("From before.");
        long collection = collections.create(member, "Copying heads").id();
        collections.add(member, collection, finding, "");
        page = Jsoup.parse(new Visitor(port)
                .get("/s/" + links.code(null, "collections/" + collection))
                .body());
        assertThat(property(page, "title")).isEqualTo("Copying heads");
        assertThat(property(page, "description")).isEqualTo("A collection of one finding by Linking Ada.");
    }

    @Test
    void oneAddressGetsOnlySoManyInAMinute() {
        for (int i = 0; i < 30; i++) {
            assertThat(maker.link("explore?text=" + i, "192.0.2.1")).startsWith("s/");
        }
        assertThatThrownBy(() -> maker.link("explore?text=x", "192.0.2.1"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("30 short links a minute")
                .hasMessageContaining("Wait");
        assertThat(maker.link("explore?text=x", "192.0.2.2")).startsWith("s/");
        assertThatThrownBy(() -> maker.link("https://elsewhere.example/", "192.0.2.3"))
                .hasMessageContaining("own pages");
    }

    private static String property(Document page, String name) {
        return page.select("meta[property=og:" + name + "]").attr("content");
    }
}
