package app.headlight.web.links;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Presentations;
import app.headlight.services.findings.Subject;
import app.headlight.web.security.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is not there is answered 404, with a page in words all the same. */
class MissingPagesTest extends SharedServer {

    @Autowired
    private Findings findings;

    @Autowired
    private FindingCollections collections;

    @Autowired
    private Presentations presentations;

    @LocalServerPort
    private int port;

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        for (String path : List.of(
                "/findings/999999",
                "/findings/999999?version=2",
                "/findings/x",
                "/collections/999999",
                "/collections/nine",
                "/live/x",
                "/live/x?collection=999999",
                "/explore?model=gone&text=12",
                "/?model=gone",
                "/circuits?model=gone",
                "/embed?model=gone",
                "/embed?page=circuits&model=gone",
                "/models/gone/heads/L0H0",
                "/models/storybook-2l/heads/L9H0",
                "/models/storybook-2l/heads/x",
                "/models/storybook-2l/heads",
                "/nowhere",
                "/nowhere/at/all",
                "/explore/x",
                "/s",
                "/s/none",
                "/s/none/more")) {
            HttpResponse<String> answer = new Visitor(port).get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .as(path)
                    .startsWith("text/html");
            assertThat(answer.body()).as(path).contains("Headlight");
        }
    }

    @Test
    void whatIsThereIsFound() throws Exception {
        Account ada = account("Ada of MissingPagesTest", Role.MEMBER);
        Account member = ada;
        long finding = findings.add(
                        member,
                        new Content(
                                Subject.ofModel("induction-by-hand"),
                                "There",
                                "",
                                List.of(),
                                "",
                                50,
                                "explore?model=induction-by-hand"))
                .id();
        long collection = collections.create(member, "There too").id();
        collections.add(member, collection, finding, "");
        String code = presentations.start(member, collection).code();
        for (String path : List.of(
                "/",
                "/explore",
                "/explore?model=storybook-2l",
                "/circuits?model=storybook-1l",
                "/embed?model=storybook-2l",
                "/models",
                "/models/storybook-2l/heads/L1H3",
                "/models/100%25-mine/heads/L0H0",
                "/models/a%3Bb%2Bc%23d%3Fe%26f%3D%22g%22%20%27h%27%20%5Ci~%252e/heads/L0H0",
                "/train",
                "/findings",
                "/findings/" + finding,
                "/collections",
                "/collections/" + collection,
                "/live/" + code,
                "/live/ended?collection=" + collection)) {
            assertThat(new Visitor(port).get(path).statusCode()).as(path).isEqualTo(200);
        }
    }
}
