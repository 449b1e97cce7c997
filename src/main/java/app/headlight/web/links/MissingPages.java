package app.headlight.web.links;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Presentations;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.StoredModel;
import app.headlight.services.runs.Runs;
import app.headlight.web.view.Address;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Answers 404 if an address leads to something that does not exist (any more); the page still says so. */
@Component
class MissingPages implements VaadinServiceInitListener {

    private static final Pattern HEAD = Pattern.compile("models/(.+)/heads/([^/]+)");

    private final ModelLibrary library;
    private final Findings findings;
    private final FindingCollections collections;
    private final Presentations presentations;

    private final Runs runs;

    MissingPages(
            ModelLibrary library,
            Findings findings,
            FindingCollections collections,
            Presentations presentations,
            Runs runs) {
        this.runs = runs;
        this.library = library;
        this.findings = findings;
        this.collections = collections;
        this.presentations = presentations;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        RouteConfiguration routes =
                RouteConfiguration.forRegistry(event.getSource().getRouter().getRegistry());
        event.addIndexHtmlRequestListener(page -> answer(page, routes));
    }

    private void answer(IndexHtmlResponse page, RouteConfiguration routes) {
        if (page.getVaadinRequest() instanceof VaadinServletRequest request) {
            String path = String.valueOf(request.getPathInfo()).replaceFirst("^/", "");
            String query = request.getHttpServletRequest().getQueryString();
            if (routes.getRoute(path).isEmpty()
                    || isNoHead(path)
                    || isGone(Address.of(query == null ? path : path + "?" + query))) {
                page.getVaadinResponse().setStatus(HttpStatus.NOT_FOUND.value());
            }
        }
    }

    /** Whether it is the page of a head that no stored model has. */
    private boolean isNoHead(String path) {
        Matcher asked = HEAD.matcher(path);
        try {
            return asked.matches()
                    && library.find(asked.group(1))
                            .map(StoredModel::config)
                            .filter(config -> isIn(config, asked.group(2)))
                            .isEmpty();
        } catch (DataAccessException noDatabase) {
            return false; // the page says that
        }
    }

    private static boolean isIn(Config config, String name) {
        try {
            HeadId head = HeadId.parse(name);
            return head.layer() < config.nLayers() && head.head() < config.nHeads();
        } catch (Refusal noName) {
            return false;
        }
    }

    private boolean isGone(Address address) {
        try {
            return switch (address.page()) {
                case "", "explore", "patching", "circuits", "search" -> isGone(address.parameter("model"));
                case "embed" -> isGone(address.parameter("model")) || isNoRun(address.parameter("run"));
                case "runs" -> isNoRun(address.rest());
                case "findings" -> !address.rest().isEmpty() && isNoFinding(Address.number(address.rest()));
                case "collections" -> !address.rest().isEmpty() && isNoCollection(Address.number(address.rest()));
                case "present" ->
                    isNoCollection(Address.number(Address.of(address.rest()).page()));
                case "live" ->
                    presentations.find(address.rest()).isEmpty()
                            && isNoCollection(Address.number(address.parameter("collection")));
                default -> false;
            };
        } catch (DataAccessException noDatabase) {
            return false; // the page says that
        }
    }

    private boolean isGone(String model) {
        return !model.isEmpty()
                && library.models().stream().noneMatch(stored -> stored.name().equals(model));
    }

    private boolean isNoRun(String id) {
        return !id.isEmpty() && runs.find(id).isEmpty();
    }

    private boolean isNoFinding(OptionalLong id) {
        return id.isEmpty() || findings.find(id.getAsLong()).isEmpty();
    }

    private boolean isNoCollection(OptionalLong id) {
        return id.isEmpty() || collections.find(id.getAsLong()).isEmpty();
    }
}
