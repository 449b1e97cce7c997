package app.headlight.web.explore;

import app.headlight.web.panels.Panel;
import app.headlight.web.view.CircuitState.Tab;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tabs;
import java.util.EnumMap;
import java.util.Map;

/** The tabs under the attention panel; a tab is made when it is opened for the first time. */
class CircuitTabs extends Div implements Panel<Exploration> {

    private final Tabs tabs = new Tabs();
    private final Map<Tab, com.vaadin.flow.component.tabs.Tab> headers = new EnumMap<>(Tab.class);
    private final transient ExploreDesk desk;
    private final transient Map<Tab, Panel<Exploration>> made = new EnumMap<>(Tab.class);
    private final Div content = new Div();

    CircuitTabs(ExploreDesk desk) {
        this.desk = desk;
        setId("circuit-tabs");
        addClassNames("hl-panel", "hl-circuits");
        for (Tab tab : Tab.values()) {
            offer(tab, ExplorePanels.CATALOGUE.kind(Choice.name(tab)).title());
        }
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
        Tab tab = exploration.state().circuit().tab();
        tabs.setSelectedTab(headers.get(tab));
        content.getElement().setAttribute("aria-labelledby", id(tab));
        Panel<Exploration> shown =
                made.computeIfAbsent(tab, wanted -> ExplorePanels.CATALOGUE.make(Choice.name(wanted), desk));
        if (shown.component().getParent().isEmpty()) {
            content.removeAll();
            content.add(shown.component());
        }
        shown.show(exploration);
    }

    private static String id(Tab tab) {
        return "tab-" + Choice.name(tab);
    }

    private void offer(Tab tab, String title) {
        com.vaadin.flow.component.tabs.Tab header = new com.vaadin.flow.component.tabs.Tab(title);
        header.setId(id(tab));
        header.getElement().setAttribute("aria-controls", "circuit-content");
        headers.put(tab, header);
        tabs.add(header);
    }
}
