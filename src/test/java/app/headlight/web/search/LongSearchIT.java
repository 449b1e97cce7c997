package app.headlight.web.search;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.HeadlightApplication;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.jobs.Job;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.SearchJobs;
import app.headlight.services.search.SearchRequest;
import app.headlight.web.pairs.ReadPairs;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A search that takes long, on a server where every search does: started, left, found again, cancelled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongSearchIT {

    private static final String VIEW = "search?model=storybook-2l&pairs=4&method=eap_ig";
    private static final String ACDC = "search?model=storybook-2l&pairs=4&seed=5&method=acdc&threshold=0.7";

    /** Takes so long that others wait for it. */
    private static final String LONG = "search?model=storybook-2l-stories&pairs=64";

    @TempDir
    private static Path folder;

    private int port;
    private ConfigurableApplicationContext server;
    private ExplorePage page;

    @BeforeAll
    void begin() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server = start();
        page = new ExplorePage(port);
    }

    @AfterAll
    void end() {
        if (page != null) {
            page.close();
        }
        server.close();
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(HeadlightApplication.class)
                .run(
                        "--server.port=" + port,
                        "--headlight.data=" + folder,
                        "--headlight.memory-percent=10",
                        "--headlight.search.seconds=0",
                        "--headlight.jobs.heartbeat=100ms",
                        "--server.shutdown=immediate");
    }

    @Test
    void itGoesOnWithoutThePageAndItsAddressFindsItAgain() {
        page.forget();
        open(LONG);
        page.untilText("long-search", "It goes on when you leave this page, and its address finds it again.");
        click("start-search");
        page.until("how far it is", () -> said().matches("(?s)Searching circuits: \\d+ %, about \\d+ \\w+ left\\..*"));

        open(VIEW);
        page.until(
                "how long it takes",
                () -> said().matches("(?s).*This search takes about \\d+ \\w+ on this server\\..*"));
        click("start-search");
        page.untilText("long-search", "This search waits for its turn; one job is before it.");
        page.driver().get(page.root() + "models");
        server.close();
        server = start();
        String first = page.driver().getWindowHandle();
        open(VIEW);
        page.untilText("long-search", "This search waits for its turn; one job is before it.");
        page.driver().switchTo().newWindow(WindowType.TAB);
        open(VIEW);
        page.untilText("long-search", "This search waits for its turn; one job is before it.");
        assertThat(isThere("start-search")).isFalse();
        // who has started it in another session cannot end it, and a stranger's session ends with the server
        assertThat(isThere("cancel-search")).isFalse();
        stop(LONG);
        page.until("what was found, in the window that waited", this::isDrawn);
        assertThat(strongestDrawn()).isEqualTo(strongest());
        page.driver().switchTo().window(first);
        page.until("and in the other", this::isDrawn);
        assertThat(strongestDrawn()).isEqualTo(strongest());
        assertThat(isThere("long-search")).isFalse();

        server.close();
        server = start();
        open(VIEW);
        page.until("what was found before", this::isDrawn);
        assertThat(strongestDrawn()).isEqualTo(strongest());
        page.driver().get(page.root() + "embed?page=" + VIEW.replace('?', '&'));
        page.until("it stands live in a finding", this::isDrawn);
        page.driver().get(page.root() + "embed?page=" + VIEW.replace('?', '&') + "&seed=9");
        page.untilText("long-search", "Open it in Headlight to start it.");
        assertThat(isThere("start-search")).isFalse();
    }

    @Tag("nightly")
    @Test
    void itIsCancelledAndStartedAgain() {
        page.forget();
        open(LONG + "&seed=5");
        click("start-search");
        page.until("it runs", () -> said().startsWith("Searching circuits"));
        open(ACDC);
        click("start-search");
        page.untilText("long-search", "This search waits for its turn; one job is before it.");
        click("cancel-search");
        page.untilText("long-search", "This search was cancelled before it was done.");
        open(LONG + "&seed=5");
        click("cancel-search");
        page.untilText("long-search", "This search was cancelled before it was done.");
        open(ACDC);
        click("start-search");
        page.until("both its parts", this::isDrawn);
        assertThat(page.text("circuit-words")).contains("by ACDC keep");
        assertThat(page.complaints()).isEmpty();
    }

    private void stop(String address) {
        SearchJobs jobs = server.getBean(SearchJobs.class);
        jobs.stop(job(jobs, address));
    }

    private Job job(SearchJobs jobs, String address) {
        SearchState state = SearchState.at(address);
        OpenModel model = model(state);
        return jobs.find(SearchRequest.results(model.ref(), pairs(state, model).set(), List.of(Method.values())))
                .orElseThrow();
    }

    private OpenModel model(SearchState state) {
        return server.getBean(ModelLibrary.class)
                .open(state.get(SearchState.MODEL))
                .orElseThrow();
    }

    private static ReadPairs pairs(SearchState state, OpenModel model) {
        return ReadPairs.of(model, state.pairs(), Measure.LOGIT_DIFF);
    }

    private List<String> strongest() {
        SearchState state = SearchState.at(VIEW);
        OpenModel model = model(state);
        Laboratory lab = server.getBean(Laboratory.class);
        return lab
                .get(new CircuitSearch(lab).results(model, pairs(state, model).set(), List.of(Method.values())))
                .by()
                .get(Method.EAP_IG)
                .effects()
                .strongest()
                .stream()
                .limit(10)
                .map(Edge::toString)
                .toList();
    }

    private Object strongestDrawn() {
        return page.script(
                "return document.getElementById('edge-graph').data.edges.slice(0, 10).map(edge => edge.name)");
    }

    private String said() {
        return page.text("long-search");
    }

    private void open(String address) {
        page.driver().get(page.root() + address);
        page.settle();
    }

    private void click(String id) {
        page.until(id, () -> isThere(id));
        page.driver().findElement(By.id(id)).click();
    }

    private boolean isThere(String id) {
        return page.driver().findElements(By.id(id)).stream().anyMatch(WebElement::isDisplayed);
    }

    private boolean isDrawn() {
        return page.script(
                        "return document.getElementById('edge-graph')?.shadowRoot?.querySelectorAll('path').length > 0")
                == Boolean.TRUE;
    }
}
