package app.headlight.web.links;

import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Presentations;
import app.headlight.services.models.ModelLibrary;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.util.OptionalLong;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Answers 404 if an address leads to something that does not exist (any more); the page still says so. */
@Component
class MissingPages implements VaadinServiceInitListener {

    private final ModelLibrary library;
    private final Findings findings;
    private final FindingCollections collections;
    private final Presentations presentations;

    MissingPages(ModelLibrary library, Findings findings, FindingCollections collections, Presentations presentations) {
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
            if (routes.getRoute(path).isEmpty() || isGone(Linked.of(query == null ? path : path + "?" + query))) {
                page.getVaadinResponse().setStatus(HttpStatus.NOT_FOUND.value());
            }
        }
    }

    private boolean isGone(Linked linked) {
        try {
            return switch (linked.page()) {
                case "", "explore", "circuits", "embed" -> isGone(linked.parameter("model"));
                case "findings" -> !linked.rest().isEmpty() && isNoFinding(linked.id());
                case "collections" -> !linked.rest().isEmpty() && isNoCollection(linked.id());
                case "present" -> isNoCollection(Linked.of(linked.rest()).number());
                case "live" ->
                    presentations.find(linked.rest()).isEmpty()
                            && isNoCollection(
                                    Linked.of(linked.parameter("collection")).number());
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

    private boolean isNoFinding(OptionalLong id) {
        return id.isEmpty() || findings.find(id.getAsLong()).isEmpty();
    }

    private boolean isNoCollection(OptionalLong id) {
        return id.isEmpty() || collections.find(id.getAsLong()).isEmpty();
    }
}
