package app.headlight.web.runs;

import app.headlight.web.panels.Catalogue;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.panels.PanelKind;
import app.headlight.web.view.RunAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The panels of the page of a run. */
@Component
class RunPanels implements EmbeddablePage {

    /** Those that are tabs; the first is open where an address names none. */
    static final List<PanelKind<ShownRun, RunDesk>> TABS = List.of(
            new PanelKind<>(RunAddress.FIRST_TAB, "Detectors", RunDetectors::new),
            new PanelKind<>("beside", "Side by side", desk -> new RunBeside(desk.change())),
            new PanelKind<>("layer", "Layer", desk -> new RunLayer(desk.change())));

    static final Catalogue<ShownRun, RunDesk> CATALOGUE = new Catalogue<>(Stream.concat(
                    Stream.of(
                            new PanelKind<ShownRun, RunDesk>("tokens", "Tokens", desk -> new RunTokens(desk.change())),
                            new PanelKind<ShownRun, RunDesk>("heads", "Heads", RunHeads::new),
                            new PanelKind<ShownRun, RunDesk>(
                                    "attention", "Attention", desk -> new RunAttention(desk.change())),
                            new PanelKind<ShownRun, RunDesk>("inspector", "Inspector", RunLine::new)),
                    TABS.stream())
            .toList());

    private final RunExplorer explorer;

    RunPanels(RunExplorer explorer) {
        this.explorer = explorer;
    }

    @Override
    public String path() {
        return RunAddress.PATH;
    }

    @Override
    public Embedded embedded(Consumer<String> address) {
        return new EmbeddedRun(explorer, address);
    }
}
