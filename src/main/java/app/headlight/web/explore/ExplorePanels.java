package app.headlight.web.explore;

import app.headlight.web.panels.Catalogue;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.PanelKind;
import app.headlight.web.view.ExploreAddress;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The panels of Explore. Those with the name of a {@link app.headlight.web.view.CircuitState.Tab} are tabs there. */
@Component
class ExplorePanels implements EmbeddablePage {

    static final Catalogue<Exploration, ExploreDesk> CATALOGUE = new Catalogue<>(List.of(
            new PanelKind<>("tokens", "Tokens", desk -> new TokenPanel(desk.change())),
            new PanelKind<>("heads", "Heads", HeadPanel::new),
            new PanelKind<>("attention", "Attention", desk -> new AttentionPanel(desk.change())),
            new PanelKind<>("inspector", "Inspector", InspectorPanel::new),
            new PanelKind<>("ov", "OV circuit", desk -> new OvTab(desk.change())),
            new PanelKind<>("qk", "QK circuit", desk -> new QkTab(desk.change())),
            new PanelKind<>("residual", "Residual stream", desk -> new StreamTab(desk.change())),
            new PanelKind<>("attribution", "Attribution", desk -> new AttributionTab(desk.change())),
            new PanelKind<>("steps", "Step by step", desk -> new StepsTab())));

    private final Explorer explorer;

    ExplorePanels(Explorer explorer) {
        this.explorer = explorer;
    }

    @Override
    public String path() {
        return ExploreAddress.PATH;
    }

    @Override
    public Embedded embedded(Consumer<String> address) {
        return new EmbeddedExploration(explorer, address);
    }
}
