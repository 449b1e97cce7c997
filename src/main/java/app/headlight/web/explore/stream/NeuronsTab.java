package app.headlight.web.explore.stream;

import app.headlight.engine.circuits.StrongNeurons;
import app.headlight.engine.circuits.StrongNeurons.Neuron;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.Config;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.FigureTable.Column;
import app.headlight.web.component.FigureTable.Kind;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.TokenText;
import java.util.List;
import java.util.stream.Collectors;

/** The neurons of the MLP in the layer of the selected head: those that are strongest at the selected token. */
public class NeuronsTab extends TabContent {

    private static final int NEURONS = 12;
    private static final int TOKENS = 5;

    private final FigureTable table;
    private final Heatmap byToken;

    public NeuronsTab(StateChange change) {
        this(change, new FigureTable(), new Heatmap());
    }

    private NeuronsTab(StateChange change, FigureTable table, Heatmap byToken) {
        super("hl-tab-neurons", table, byToken);
        this.table = table;
        this.byToken = byToken;
        table.setId("neurons");
        byToken.setId("neurons-by-token");
        byToken.addCellSelectListener(event -> change.to(state -> state.withLine(event.column(), ViewState.UNSET)));
    }

    @Override
    protected String missing(Exploration exploration) {
        if (exploration.model().config().mlp() == null) {
            return "This model has no MLPs, so it has no neurons: all that its layers write is attention.";
        }
        return exploration.isEmpty() || exploration.hasDestination()
                ? super.missing(exploration)
                : "Click a token to see which neurons are strongest there.";
    }

    @Override
    protected void draw(Exploration exploration) {
        int layer = exploration.headId().orElseThrow().layer();
        int position = exploration.state().destination();
        StrongNeurons strong = exploration.ofRun(
                "strong neurons",
                List.of(layer, position),
                run -> StrongNeurons.of(exploration.model().transformer(), run, layer, position, NEURONS, TOKENS));
        List<Object> key = List.of(exploration.sentenceKey(), layer, position);
        table.show(key, () -> figures(exploration, strong, layer, position));
        byToken.show(key, () -> cells(exploration, strong, layer, position));
        byToken.select(-1, position);
    }

    private static FigureTable.Figures figures(Exploration exploration, StrongNeurons strong, int layer, int position) {
        Config config = exploration.model().config();
        boolean gated = config.mlp() != null && config.mlp().gated();
        return new FigureTable.Figures(
                exploration.model().name() + " layer " + layer + " neurons",
                List.of(
                        new Column("neuron", Kind.TEXT, ""),
                        new Column("activation", Kind.SIGNED, "what its row of W_out is multiplied by"),
                        new Column(
                                "reads",
                                Kind.TOKENS,
                                "tokens by the largest product of W_E and its column of "
                                        + (gated ? "W_gate" : "W_in")),
                        new Column("raises", Kind.TOKENS, "tokens by its row of W_out times W_U, over the mean"),
                        new Column("lowers", Kind.TOKENS, "the lowest tokens by the same")),
                strong.neurons().stream()
                        .map(neuron -> new FigureTable.Row(
                                Integer.toString(neuron.index()),
                                List.of(
                                        name(layer, neuron),
                                        neuron.activations()[position],
                                        words(exploration, neuron.reads()),
                                        words(exploration, neuron.raises()),
                                        words(exploration, neuron.lowers())),
                                null))
                        .toList(),
                "The strongest neurons of layer " + layer + " at "
                        + TokenText.of(exploration.label(position)) + " (" + position
                        + "). What a neuron raises and lowers holds for a positive activation; a negative one turns it round."
                        + (config.norm().isWeighted() ? " The weights of the norm before are left out." : ""),
                "");
    }

    private static String name(int layer, Neuron neuron) {
        return "L" + layer + "N" + neuron.index();
    }

    private static String words(Exploration exploration, List<TopK.Entry> entries) {
        return entries.stream()
                .map(entry -> TokenText.of(exploration.piece(entry.index()).label()))
                .collect(Collectors.joining("   "));
    }

    private static Heatmap.Cells cells(Exploration exploration, StrongNeurons strong, int layer, int position) {
        return new Heatmap.Cells(
                exploration.model().name() + " layer " + layer + " neurons at " + position + " by token",
                "Their activations at every token",
                Heatmap.Axis.of(
                        "neuron",
                        strong.neurons().stream()
                                .map(neuron -> name(layer, neuron))
                                .toList()),
                Heatmap.Axis.sentence("token", exploration.prompt().pieces()),
                HeadRows.base64(
                        strong.neurons().stream().map(Neuron::activations).toList()),
                "diverging",
                "activation");
    }
}
