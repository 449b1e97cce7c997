package app.headlight.web.circuits;

import app.headlight.web.panels.Catalogue;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.PanelKind;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The panels of the page of circuits. */
@Component
class CircuitsPanels implements EmbeddablePage {

    static final Catalogue<Inspection, CircuitsDesk> CATALOGUE = new Catalogue<>(List.of(
            new PanelKind<>("heads", "Heads", HeadsPanel::new),
            new PanelKind<>("composition", "Composition", CompositionPanel::new),
            new PanelKind<>("trigrams", "Skip-trigrams", TrigramsPanel::new),
            new PanelKind<>("bigrams", "Bigrams", BigramsPanel::new),
            new PanelKind<>("text", "On a text", TextPanel::new),
            new PanelKind<>("modular", "Modular addition", ModularPanel::new)));

    private final Inspector inspector;

    CircuitsPanels(Inspector inspector) {
        this.inspector = inspector;
    }

    @Override
    public String path() {
        return CircuitsState.PATH;
    }

    @Override
    public Embedded embedded(Consumer<String> address) {
        return new EmbeddedCircuits(inspector, address);
    }
}
