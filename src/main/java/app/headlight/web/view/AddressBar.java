package app.headlight.web.view;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The browser's address bar, as the page that is open knows it. An address is written only while the browser still
 * stands where the page believes it to be: if a person pressed Back or a link meanwhile, a late answer would otherwise
 * write its address into the history entry of another page.
 */
public final class AddressBar {

    /**
     * In {@code frontend/screens/one-navigation.ts}. After a link, the browser's own address changes a little later than
     * the page, and so it does after each write where one follows another quickly; so writes wait for it. While the server
     * answers, a link may have been pressed whose page is loading: writing then would cancel it. A write that still waits
     * when another page is entered is given up, and so is one that has waited for ten seconds.
     */
    private static final String WRITE = "window.headlightWriteAddress($0, $1, $2, $3)";

    private static final String ENTER = "window.headlightEnterPage($0)";

    private static final AtomicLong ENTRIES = new AtomicLong();

    private String at = "";
    private long entry;

    /** Remembers the browser's address, for the page that was just opened. */
    public void entered(Location location) {
        at = location.getPathWithQueryParameters();
        entry = ENTRIES.incrementAndGet();
        UI.getCurrent().getPage().executeJs(ENTER, entry);
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
        UI.getCurrent().getPage().executeJs(WRITE, address, at, replacing, entry);
        at = address;
    }
}
