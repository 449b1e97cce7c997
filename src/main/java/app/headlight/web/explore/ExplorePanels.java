package app.headlight.web.explore;

import app.headlight.web.explore.attention.AttentionPanel;
import app.headlight.web.explore.attention.HeadPanel;
import app.headlight.web.explore.attention.InspectorPanel;
import app.headlight.web.explore.attention.LayerTab;
import app.headlight.web.explore.attention.SideBySideTab;
import app.headlight.web.explore.attention.TokenPanel;
import app.headlight.web.explore.attribution.AttributionTab;
import app.headlight.web.explore.attribution.StepsTab;
import app.headlight.web.explore.bar.EditBar;
import app.headlight.web.explore.circuit.OvTab;
import app.headlight.web.explore.circuit.QkTab;
import app.headlight.web.explore.patching.PatchingTab;
import app.headlight.web.explore.sentences.SentencesTab;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.explore.stream.NeuronsTab;
import app.headlight.web.explore.stream.StreamTab;
import app.headlight.web.panels.Catalogue;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.PanelKind;
import app.headlight.web.view.CircuitState;
import app.headlight.web.view.ExploreAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The panels of Explore. */
@Component
class ExplorePanels implements EmbeddablePage {

    /** Those that are tabs under the attention picture; the first is open where an address names none. */
    static final List<PanelKind<Exploration, ExploreDesk>> TABS = List.of(
            new PanelKind<>(CircuitState.OV, "OV circuit", desk -> new OvTab(desk.change())),
            new PanelKind<>(CircuitState.QK, "QK circuit", desk -> new QkTab(desk.change())),
            new PanelKind<>("residual", "Residual stream", desk -> new StreamTab(desk.change())),
            new PanelKind<>("attribution", "Attribution", desk -> new AttributionTab(desk.change())),
            new PanelKind<>("patching", "Patching", desk -> new PatchingTab(desk.change())),
            new PanelKind<>("sentences", "Over sentences", SentencesTab::new),
            new PanelKind<>("beside", "Side by side", desk -> new SideBySideTab(desk.change())),
            new PanelKind<>("layer", "Layer", desk -> new LayerTab(desk.change())),
            new PanelKind<>("neurons", "Neurons", desk -> new NeuronsTab(desk.change())),
            new PanelKind<>("steps", "Step by step", desk -> new StepsTab()));

    static final Catalogue<Exploration, ExploreDesk> CATALOGUE = new Catalogue<>(Stream.concat(
                    Stream.of(
                            new PanelKind<Exploration, ExploreDesk>(
                                    "tokens", "Tokens", desk -> new TokenPanel(desk.change())),
                            new PanelKind<Exploration, ExploreDesk>(
                                    "edits", "Edits", desk -> new EditBar(desk.change())),
                            new PanelKind<Exploration, ExploreDesk>("heads", "Heads", HeadPanel::new),
                            new PanelKind<Exploration, ExploreDesk>(
                                    "attention", "Attention", desk -> new AttentionPanel(desk.change())),
                            new PanelKind<Exploration, ExploreDesk>("inspector", "Inspector", InspectorPanel::new)),
                    TABS.stream())
            .toList());

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
