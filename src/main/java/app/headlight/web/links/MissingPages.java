package app.headlight.web.links;

import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Presentations;
import app.headlight.services.models.ModelLibrary;
import app.headlight.web.view.Address;
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
            if (routes.getRoute(path).isEmpty() || isGone(Address.of(query == null ? path : path + "?" + query))) {
                page.getVaadinResponse().setStatus(HttpStatus.NOT_FOUND.value());
            }
        }
    }

    private boolean isGone(Address address) {
        try {
            return switch (address.page()) {
                case "", "explore", "circuits", "embed" -> isGone(address.parameter("model"));
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

    private boolean isNoFinding(OptionalLong id) {
        return id.isEmpty() || findings.find(id.getAsLong()).isEmpty();
    }

    private boolean isNoCollection(OptionalLong id) {
        return id.isEmpty() || collections.find(id.getAsLong()).isEmpty();
    }
}
