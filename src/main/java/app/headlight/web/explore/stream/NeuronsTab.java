package app.headlight.web.explore.stream;

import app.headlight.engine.circuits.StrongNeurons;
import app.headlight.engine.circuits.StrongNeurons.Neuron;
import app.headlight.web.component.FigureTable;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadRows;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.python.TokensPython;
import app.headlight.web.view.ViewState;
import java.util.List;

/** The neurons of the MLP in the layer of the selected head: those that are strongest at the selected token. */
public class NeuronsTab extends TabContent {

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
        StrongNeurons strong = NeuronFigures.strongest(exploration, layer, position);
        List<Object> key = List.of(exploration.sentenceKey(), layer, position);
        table.show(key, () -> NeuronFigures.of(exploration, layer, position));
        byToken.show(key, () -> cells(exploration, strong, layer, position));
        byToken.select(-1, position);
        Heatmap.Axis down = Heatmap.Axis.of(
                "neuron",
                strong.neurons().stream()
                        .map(neuron -> NeuronFigures.name(layer, neuron))
                        .toList());
        Heatmap.Axis across =
                Heatmap.Axis.sentence("token", exploration.prompt().pieces());
        byToken.setPython(exploration.python(run ->
                TokensPython.neurons(run, layer, position, strong.neurons().size(), down, across, "activation")));
        table.setPython(NeuronFigures.python(exploration, layer, position));
    }

    private static Heatmap.Cells cells(Exploration exploration, StrongNeurons strong, int layer, int position) {
        return new Heatmap.Cells(
                exploration.model().name() + " layer " + layer + " neurons at " + position + " by token",
                "Their activations at every token",
                Heatmap.Axis.of(
                        "neuron",
                        strong.neurons().stream()
                                .map(neuron -> NeuronFigures.name(layer, neuron))
                                .toList()),
                Heatmap.Axis.sentence("token", exploration.prompt().pieces()),
                HeadRows.base64(
                        strong.neurons().stream().map(Neuron::activations).toList()),
                "diverging",
                "activation");
    }
}
