package app.headlight.web;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;

/**
 * The browser's address bar, as the page that is open knows it. An address is written only while the browser still stands
 * where the page believes it to be: when a person has pressed Back or a link meanwhile, a late answer would otherwise give
 * the other page's entry of the history an address that is not its own.
 */
public final class AddressBar {

    /**
     * Where a link was followed, the browser's own address comes a little after the page; so each waits for its turn. While
     * the server still answers, a link may have been pressed whose page is under way: to write then would call it back.
     */
    private static final String WRITE = """
            const plain = (address) => {
              const { pathname, searchParams } = new URL(address, document.baseURI);
              searchParams.sort();
              return pathname + '?' + searchParams;
            };
            const isAnswering = () =>
              Object.values(window.Vaadin.Flow.clients).some((client) => client.isActive && client.isActive());
            const write = async () => {
              for (let tries = 0; isAnswering() || plain($1) !== plain(location.href); tries += isAnswering() ? 0 : 1) {
                if (tries === 50) return;
                await new Promise((done) => setTimeout(done, 10));
              }
              window.dispatchEvent(
                new CustomEvent('vaadin-navigate', { detail: { state: null, url: $0, replace: $2, callback: false } }));
            };
            window.headlightAddress = (window.headlightAddress ?? Promise.resolve()).then(write);""";

    private String at = "";

    /** Notes where the browser stands; for the page that it has just entered. */
    public void entered(Location location) {
        at = location.getPathWithQueryParameters();
    }

    /** Goes on to an address, from which Back leads to the present one. */
    public void push(String address) {
        write(address, false);
    }

    /** Puts an address in the place of the present one. */
    public void replace(String address) {
        write(address, true);
    }

    private void write(String address, boolean replacing) {
        UI.getCurrent().getPage().executeJs(WRITE, address, at, replacing);
        at = address;
    }
}
