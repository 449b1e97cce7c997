package app.headlight.web.panels;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Panels as tabs under the pictures of a page; a tab is made when it is opened for the first time.
 *
 * @param <V> what they draw
 * @param <C> what they need of their page
 */
public class PanelTabs<V, C> extends Div implements Panel<V> {

    private final Tabs tabs = new Tabs();
    private final Map<String, Tab> headers = new LinkedHashMap<>();
    private final transient List<PanelKind<V, C>> kinds;
    private final transient C page;
    private final transient Function<V, String> open;
    private final transient Map<String, Panel<V>> made = new LinkedHashMap<>();
    private final Div content = new Div();

    /**
     * Tabs of a page.
     *
     * @param open which is open, by its name
     * @param choose told the name of a tab that somebody opens
     */
    public PanelTabs(List<PanelKind<V, C>> kinds, C page, Function<V, String> open, Consumer<String> choose) {
        this.kinds = kinds;
        this.page = page;
        this.open = open;
        setId("circuit-tabs");
        addClassNames("hl-panel", "hl-circuits");
        kinds.forEach(this::offer);
        tabs.addSelectedChangeListener(event -> {
            if (event.isFromClient()) {
                headers.forEach((tab, header) -> {
                    if (header == event.getSelectedTab()) {
                        choose.accept(tab);
                    }
                });
            }
        });
        // Vaadin's own scroller stands between a list of tabs and its tabs, and takes the focus, which neither may.
        tabs.addAttachListener(
                event -> tabs.getElement()
                        .executeJs(
                                "this.updateComplete.then(() => this.shadowRoot.getElementById('scroll').removeAttribute('tabindex'))"));
        content.setId("circuit-content");
        content.getElement().setAttribute("role", "tabpanel");
        add(tabs, content);
    }

    @Override
    public void show(V computed) {
        String tab = open.apply(computed);
        tabs.setSelectedTab(headers.get(tab));
        content.getElement().setAttribute("aria-labelledby", id(tab));
        Panel<V> shown = made.computeIfAbsent(tab, this::made);
        if (shown.component().getParent().isEmpty()) {
            content.removeAll();
            content.add(shown.component());
        }
        shown.show(computed);
    }

    private Panel<V> made(String tab) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(tab))
                .findFirst()
                .orElseThrow()
                .maker()
                .apply(page);
    }

    private static String id(String tab) {
        return "tab-" + tab;
    }

    private void offer(PanelKind<V, C> kind) {
        Tab header = new Tab(kind.title());
        header.setId(id(kind.name()));
        header.getElement().setAttribute("aria-controls", "circuit-content");
        headers.put(kind.name(), header);
        tabs.add(header);
    }
}
