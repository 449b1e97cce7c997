package app.headlight.web.explore;

import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.panels.Panel;
import app.headlight.web.panels.PanelKind;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tabs under the attention panel; a tab is made when it is opened for the first time. */
class CircuitTabs extends Div implements Panel<Exploration> {

    private final Tabs tabs = new Tabs();
    private final Map<String, Tab> headers = new LinkedHashMap<>();
    private final transient ExploreDesk desk;
    private final transient Map<String, Panel<Exploration>> made = new LinkedHashMap<>();
    private final Div content = new Div();

    CircuitTabs(ExploreDesk desk) {
        this.desk = desk;
        setId("circuit-tabs");
        addClassNames("hl-panel", "hl-circuits");
        ExplorePanels.TABS.forEach(this::offer);
        tabs.addSelectedChangeListener(event -> {
            if (event.isFromClient()) {
                headers.forEach((tab, header) -> {
                    if (header == event.getSelectedTab()) {
                        desk.change()
                                .to(state -> state.withCircuit(state.circuit().withTab(tab)));
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
    public void show(Exploration exploration) {
        String tab = exploration.state().circuit().tab();
        tabs.setSelectedTab(headers.get(tab));
        content.getElement().setAttribute("aria-labelledby", id(tab));
        Panel<Exploration> shown = made.computeIfAbsent(tab, wanted -> ExplorePanels.CATALOGUE.make(wanted, desk));
        if (shown.component().getParent().isEmpty()) {
            content.removeAll();
            content.add(shown.component());
        }
        shown.show(exploration);
    }

    private static String id(String tab) {
        return "tab-" + tab;
    }

    private void offer(PanelKind<Exploration, ExploreDesk> kind) {
        Tab header = new Tab(kind.title());
        header.setId(id(kind.name()));
        header.getElement().setAttribute("aria-controls", "circuit-content");
        headers.put(kind.name(), header);
        tabs.add(header);
    }
}
