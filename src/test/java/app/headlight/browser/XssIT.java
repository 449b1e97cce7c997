package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.XssPayloads;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What tries to run a script is written wherever something can be written, and every page that shows it is opened in a
 * browser: nothing runs, and what is shown stands there as text.
 */
class XssIT extends BrowserTest {

    private static final List<String> PAYLOADS = XssPayloads.all();

    /** Counts calls, in this page and in any frame of it that reaches for its parent; the page goes nowhere meanwhile. */
    private static final String TRAP = """
            window.ran = [];
            for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = (...what) => window.ran.push(name + what);
            """;

    /** What a page must not have, in its shadow roots too: handlers in attributes, addresses that run, foreign elements. */
    private static final String SUSPECTS = """
            const found = [];
            const look = (root) => {
              for (const element of root.querySelectorAll('*')) {
                for (const {name, value} of element.attributes) {
                  if (/^on/i.test(name)) found.push(element.tagName + ' ' + name);
                  if (/^(href|src|action|formaction|data|xlink:href)$/i.test(name) && /^\\s*(javascript|vbscript|data:text)/i.test(value))
                    found.push(element.tagName + ' ' + name + '=' + value);
                }
                if (element.tagName === 'BASE' && new URL(element.href).origin !== location.origin) found.push(element.href);
                if (/^(object|embed|applet|frameset|math)$/i.test(element.tagName)) found.push(element.tagName);
                if (/evil\\.invalid/.test(element.src ?? '')) found.push(element.tagName + ' ' + element.src);
                if (element.shadowRoot) look(element.shadowRoot);
              }
            };
            look(document);
            return found.join(' | ');
            """;

    @Autowired
    private Findings findings;

    @Autowired
    private Discussion discussion;

    @Autowired
    private FindingCollections collections;

    private final List<Finding> written = new ArrayList<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private int stored;
    private FindingCollection collection;

    @BeforeAll
    void write() {
        Account account = account("Mallory", Role.MEMBER);
        Account second = account("Trudy", Role.MEMBER);
        Account mallory = account;
        Account trudy = second;
        collection = collections.create(mallory, PAYLOADS.getFirst());
        for (String payload : PAYLOADS) {
            Finding finding = finding(mallory, payload);
            written.add(finding);
            store("comment", () -> discussion.comment(trudy, written.getFirst().id(), payload));
            store("reason", () -> discussion.vote(trudy, finding.id(), false, payload));
            store("notes", () -> collections.add(mallory, collection.id(), finding.id(), payload));
        }
        store("collection", () -> collections.create(mallory, PAYLOADS.get(30)));
        page.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", TRAP));
    }

    /** Every payload in every field that takes it; a field that does not take it gets something harmless. */
    private Finding finding(Account by, String payload) {
        String title = taken("title", payload, "a title");
        String tag = taken("tag", payload, "a tag");
        String kind = taken("kind", payload, "");
        Content content = new Content(
                Subject.ofHead(HOSTILE, new HeadId(1, 2)),
                title,
                taken("markdown", payload, "a text"),
                List.of(tag),
                kind,
                50,
                "explore?model=storybook-2l");
        return findings.add(by, content);
    }

    private String taken(String field, String payload, String otherwise) {
        try {
            new Content(
                    Subject.ofModel("m"),
                    field.equals("title") ? payload : "t",
                    field.equals("markdown") ? payload : "",
                    field.equals("tag") ? List.of(payload) : List.of(),
                    field.equals("kind") ? payload : "",
                    50,
                    "explore");
            fields.add(field);
            stored++;
            return payload;
        } catch (Refusal tooLong) {
            return otherwise;
        }
    }

    private void store(String field, Runnable store) {
        try {
            store.run();
            fields.add(field);
            stored++;
        } catch (Refusal notTaken) {
            // such a text is never stored
        }
    }

    @Test
    void nothingThatIsStoredRuns() {
        assertThat(PAYLOADS).hasSizeGreaterThan(60);
        assertThat(fields).contains("title", "tag", "kind", "markdown", "comment", "reason", "notes", "collection");
        assertThat(stored).isGreaterThan(5 * PAYLOADS.size());
        signIn("Mallory");
        for (int from = 0; from < PAYLOADS.size(); from += 50) {
            visit("findings?page=" + from / 50);
        }
        visit("findings/" + written.getFirst().id()); // with all comments
        assertThat(page.script("return document.body.innerText").toString()).contains("alert(1)");
        for (int i = 1; i < written.size(); i += Nightly.times(192, 8)) {
            visit("findings/" + written.get(i).id());
        }
        visit("collections");
        visit("collections/" + collection.id()); // with all texts and notes
        for (int slide = 0; slide < PAYLOADS.size(); slide += Nightly.times(80, 40)) {
            visit("present/" + collection.id() + "?slide=" + slide);
        }
    }

    @Test
    void nothingInAModelRuns() {
        String model = ExplorePage.escaped(HOSTILE);
        String text = ExplorePage.escaped(String.join("\n", PAYLOADS.subList(0, 12)));
        for (String tab : Nightly.some(
                4,
                List.of("ov", "qk", "residual", "attribution", "sentences", "beside", "layer", "neurons", "steps"))) {
            visit("explore?model=" + model + "&heads=L1H2&dest=5&src=2&tab=" + tab + "&text=" + text);
        }
        assertThat(page.script("return document.querySelector('headlight-token-strip').shadowRoot.textContent")
                        .toString())
                .contains("alert(1)");
        visit("explore?model=" + model + "&tab=sentences&sentences=own&lines=" + text);
        visit("circuits?model=" + model + "&on=text&text=" + text);
        visit("models?compare=" + model);
        visit("embed?model=" + model + "&text=" + text);
        visit("findings?model=" + model + "&head=L1H2");
    }

    @Test
    void nothingInAnAddressRuns() {
        int apart = Nightly.times(42, 6);
        for (int i = 0; i < PAYLOADS.size(); i += apart) {
            String payload = ExplorePage.escaped(PAYLOADS.get(i));
            String all =
                    "model=" + payload + "&text=" + payload + "&heads=" + payload + "&ask=" + payload + "&x=" + payload
                            + "&find=" + payload + "&q=" + payload + "&tag=" + payload + "&kind=" + payload
                            + "&virtual=" + payload
                            + "&edge=" + payload + "&head=" + payload + "&compare=" + payload + "&token=" + payload
                            + "&to=" + payload + "&own=" + payload
                            + "&code=" + payload;
            String where = List.of(
                            "explore",
                            "circuits",
                            "search",
                            "findings",
                            "models",
                            "sign-in",
                            "join",
                            "embed",
                            "collections")
                    .get(i / apart * 2 % 9);
            visit(where + "?" + all);
            visit("search?task=own&own=" + payload);
        }
        visit("sign-in?to=" + ExplorePage.escaped("javascript:alert(1)"));
        visit("s/" + ExplorePage.escaped("<script>alert(1)</script>"));
        visit("findings/" + ExplorePage.escaped("<img src=x onerror=alert(1)>"));
    }

    private void visit(String address) {
        page.driver().get(page.root() + address);
        page.settle();
        assertThat(page.script("return window.ran.join(' ')").toString())
                .as("what ran on " + address)
                .isEmpty();
        assertThat(page.script(SUSPECTS).toString())
                .as("what stands on " + address)
                .isEmpty();
        assertThat(page.address()).as("where it leads").startsWith(page.root());
        page.complaints(); // a refused script is what the policy is for
    }
}
