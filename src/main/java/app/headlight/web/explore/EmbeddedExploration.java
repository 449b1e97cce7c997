package app.headlight.web.explore;

import app.headlight.web.explore.bar.EditBar;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.panels.EmbeddedPanels;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ViewState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Panels of Explore, embedded in another page; without {@code part}, the tokens and the attention of a sentence. */
class EmbeddedExploration extends EmbeddedPanels<Exploration, ExploreDesk> {

    private static final List<String> USUAL = List.of("tokens", "attention");

    private final transient Explorer explorer;
    private final transient Consumer<String> address;
    private final EditBar edits; // whatever is embedded: an edited run is told from the model’s own
    private ViewState state = ViewState.FIRST;

    /** @param address told where Explore shows what is shown here, whenever that changes */
    EmbeddedExploration(Explorer explorer, Consumer<String> address) {
        super(ExplorePanels.CATALOGUE);
        edits = new EditBar(this::change);
        add(edits);
        this.explorer = explorer;
        this.address = address;
    }

    @Override
    protected ExploreDesk page() {
        return new ExploreDesk(this::change, explorer.text(), null, null);
    }

    @Override
    public void show(Map<String, String> parameters) {
        Decoded asked = ExploreAddress.read(parameters);
        List<String> said = choose(parameters, USUAL);
        show(new Decoded(
                asked.state(),
                Stream.concat(said.stream(), asked.notices().stream()).toList()));
    }

    private void show(Decoded asked) {
        Optional<Exploration> found = explorer.open(asked);
        if (found.isEmpty()) {
            missing(ExploreAddress.PATH, asked.state().model(), explorer.models());
            return;
        }
        Exploration exploration = found.get();
        state = exploration.state();
        begin(exploration.model().stored(), exploration.notices());
        edits.show(exploration);
        draw(exploration);
        address.accept(ExploreAddress.of(state));
    }

    private void change(UnaryOperator<ViewState> edit, List<String> said) {
        show(new Decoded(edit.apply(state).withPresentWeights(), said));
    }
}
