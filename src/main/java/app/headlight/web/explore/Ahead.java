package app.headlight.web.explore;

import app.headlight.web.view.Address;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import app.headlight.web.view.PatchingAddress;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Begins to compute the page Explore while the browser still loads its scripts: reading a large model takes as long as
 * those. The page then finds what is known by then, or waits for it with everybody else who asks.
 */
@Component
class Ahead implements VaadinServiceInitListener {

    private static final Logger LOG = LoggerFactory.getLogger(Ahead.class);
    private static final Set<String> PATHS = Set.of("", ExploreAddress.PATH, PatchingAddress.PATH);

    private final Explorer explorer;
    private final LongAddresses addresses;
    /** Who opens many addresses at once waits for them as if nothing were begun ahead. */
    private final Semaphore places = new Semaphore(4);

    Ahead(Explorer explorer, LongAddresses addresses) {
        this.explorer = explorer;
        this.addresses = addresses;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(this::begin);
    }

    private void begin(IndexHtmlResponse page) {
        if (page.getVaadinRequest() instanceof VaadinServletRequest request) {
            String path = String.valueOf(request.getPathInfo()).replaceFirst("^/", "");
            String query = request.getHttpServletRequest().getQueryString();
            // Browsers say so of a page that somebody opens; what has no scripts to load gains nothing.
            boolean isOpened = "document".equals(request.getHeader("Sec-Fetch-Dest"));
            if (isOpened && PATHS.contains(path) && places.tryAcquire()) {
                Thread.ofVirtual().name("ahead").start(() -> open(query == null ? path : path + "?" + query));
            }
        }
    }

    private void open(String address) {
        try {
            explorer.open(
                    ExploreAddress.read(addresses.spelledOut(Address.of(address).parameters(), gone -> {})));
        } catch (RuntimeException fault) {
            LOG.debug("{} could not be computed ahead", address, fault); // the page meets it again, and says it
        } finally {
            places.release();
        }
    }
}
