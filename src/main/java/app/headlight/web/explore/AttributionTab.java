package app.headlight.web.explore;

import app.headlight.circuits.LogitDirection;
import app.headlight.circuits.PathExpansion;
import app.headlight.tensor.TopK;
import app.headlight.web.component.PathBars;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;

/** What a logit at the selected destination is made of: every path of the path expansion, exactly. */
class AttributionTab extends TabContent {

    private static final int LIKELIEST = 5;

    private final ComboBox<String> asked;
    private final Span trouble;
    private final PathBars bars;

    AttributionTab(StateChange change) {
        this(change, new ComboBox<>(), new Span(), new PathBars());
    }

    private AttributionTab(StateChange change, ComboBox<String> asked, Span trouble, PathBars bars) {
        super("hl-tab-attribution", new Div(asked, trouble), bars);
        this.asked = asked;
        this.trouble = trouble;
        this.bars = bars;
        bars.setId("attribution");
        trouble.addClassName("hl-trouble");
        asked.setAriaLabel("Logit of");
        asked.setPrefixComponent(new Span("logit of"));
        asked.setAllowCustomValue(true);
        asked.setTooltipText("A token, or the difference of two: Mary − John");
        asked.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                ask(change, event.getValue());
            }
        });
        asked.addCustomValueSetListener(event -> ask(change, event.getDetail()));
    }

    private static void ask(StateChange change, String written) {
        change.to(state -> state.withCircuit(state.circuit().withAsk(written)));
    }

    @Override
    String missing(Exploration exploration) {
        return exploration.isEmpty() || exploration.hasDestination()
                ? super.missing(exploration)
                : "Click a token: what its next token's logit is made of is shown here.";
    }

    @Override
    void draw(Exploration exploration) {
        int destination = exploration.state().destination();
        List<String> offered = offered(exploration, destination);
        String wanted = exploration.state().circuit().ask();
        String shown = wanted.isEmpty() ? offered.getFirst() : wanted;
        trouble.setText("");
        Vocabulary.Asked tokens;
        try {
            tokens = Vocabulary.asked(exploration, shown);
        } catch (IllegalArgumentException unreadable) {
            shown = offered.getFirst();
            tokens = Vocabulary.asked(exploration, shown);
            trouble.setText(unreadable.getMessage() + " " + shown + " is shown.");
        }
        if (!offered.contains(shown)) {
            offered.addFirst(shown);
        }
        asked.setItems(offered);
        asked.setValue(shown);
        String title = "Logit of " + tokens.name(exploration) + " after " + exploration.label(destination);
        Vocabulary.Asked chosen = tokens;
        bars.show(
                List.of(exploration.sentenceKey(), destination, tokens),
                () -> expansion(exploration, destination, chosen, title));
    }

    private static PathBars.Expansion expansion(
            Exploration exploration, int destination, Vocabulary.Asked tokens, String title) {
        var model = exploration.model().transformer();
        LogitDirection direction = tokens.lowered() < 0
                ? LogitDirection.logit(model, exploration.computed(), destination, tokens.raised())
                : LogitDirection.difference(
                        model, exploration.computed(), destination, tokens.raised(), tokens.lowered());
        PathExpansion paths = PathExpansion.of(model, exploration.computed(), direction);
        List<PathBars.Path> bars = new ArrayList<>();
        for (PathExpansion.Term term : paths.terms()) {
            bars.add(new PathBars.Path(term.name().replace("->", " → "), term.order(), term.value(), term.bySource()));
        }
        bars.add(new PathBars.Path("biases", 0, paths.biases(), new double[0]));
        if (!paths.isComplete()) {
            bars.add(new PathBars.Path(
                    "longer paths", exploration.model().config().nLayers(), paths.longer(), new double[0]));
        }
        return new PathBars.Expansion(
                exploration.model().name() + " " + title,
                title,
                "logit",
                bars,
                exploration.labels(),
                paths.sum(),
                direction.value());
    }

    /** The token that comes next, where one does, then the likeliest. */
    private static List<String> offered(Exploration exploration, int destination) {
        List<String> offered = new ArrayList<>();
        if (destination + 1 < exploration.prompt().tokens().length) {
            offered.add(exploration.label(destination + 1));
        }
        for (TopK.Entry likely :
                TopK.largest(Prediction.at(exploration.computed(), destination).logits(), LIKELIEST)) {
            String label = exploration.piece(likely.index()).label();
            if (!offered.contains(label)) {
                offered.add(label);
            }
        }
        return offered;
    }
}
