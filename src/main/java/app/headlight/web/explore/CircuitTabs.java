package app.headlight.web.explore;

import app.headlight.web.view.CircuitState.Tab;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tabs;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The tabs under the attention panel; a tab is made when it is opened for the first time. */
class CircuitTabs extends Div implements Panel {

    private final Tabs tabs = new Tabs();
    private final Map<Tab, com.vaadin.flow.component.tabs.Tab> headers = new EnumMap<>(Tab.class);
    private final Map<Tab, Supplier<TabContent>> makers = new EnumMap<>(Tab.class);
    private final Map<Tab, TabContent> made = new EnumMap<>(Tab.class);
    private final Div content = new Div();

    CircuitTabs(StateChange change) {
        setId("circuit-tabs");
        addClassNames("hl-panel", "hl-circuits");
        offer(Tab.OV, "OV circuit", () -> new OvTab(change));
        offer(Tab.QK, "QK circuit", () -> new QkTab(change));
        offer(Tab.RESIDUAL, "Residual stream", () -> new StreamTab(change));
        offer(Tab.ATTRIBUTION, "Attribution", () -> new AttributionTab(change));
        offer(Tab.STEPS, "Step by step", StepsTab::new);
        tabs.addSelectedChangeListener(event -> {
            if (event.isFromClient()) {
                headers.forEach((tab, header) -> {
                    if (header == event.getSelectedTab()) {
                        change.to(state -> state.withCircuit(state.circuit().withTab(tab)));
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
        TabContent shown =
                made.computeIfAbsent(tab, wanted -> makers.get(wanted).get());
        if (shown.getParent().isEmpty()) {
            content.removeAll();
            content.add(shown);
        }
        shown.show(exploration);
    }

    private static String id(Tab tab) {
        return "tab-" + Choice.name(tab);
    }

    private void offer(Tab tab, String title, Supplier<TabContent> maker) {
        com.vaadin.flow.component.tabs.Tab header = new com.vaadin.flow.component.tabs.Tab(title);
        header.setId(id(tab));
        header.getElement().setAttribute("aria-controls", "circuit-content");
        headers.put(tab, header);
        makers.put(tab, maker);
        tabs.add(header);
    }
}
