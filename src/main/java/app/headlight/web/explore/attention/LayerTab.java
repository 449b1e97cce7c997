package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.LayerAttention;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.text.Piece;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import java.util.List;

/** The attention of the whole layer of the selected head: the patterns of its heads, summed. */
public class LayerTab extends TabContent {

    private final Heatmap summed;

    public LayerTab(StateChange change) {
        this(change, new Heatmap());
    }

    private LayerTab(StateChange change, Heatmap summed) {
        super("hl-tab-layer", summed);
        this.summed = summed;
        summed.setId("layer-attention");
        summed.addCellSelectListener(event ->
                change.to(state -> state.withLine(event.row(), Math.min(event.row(), event.column()))));
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.headId().isEmpty() ? "This model has no attention heads." : super.missing(exploration);
    }

    @Override
    protected void draw(Exploration exploration) {
        int layer = exploration.headId().orElseThrow().layer();
        summed.show(List.of(exploration.sentenceKey(), layer), () -> cells(exploration, layer));
        summed.select(exploration.state().destination(), exploration.state().source());
    }

    private static Heatmap.Cells cells(Exploration exploration, int layer) {
        List<Piece> pieces = exploration.prompt().pieces();
        boolean change = exploration.isDifference();
        Matrix attention = change
                ? summed(exploration.withEdits(), layer).minus(summed(exploration.withoutEdits(), layer))
                : summed(exploration, layer);
        int heads = exploration.model().config().nHeads();
        return new Heatmap.Cells(
                exploration.model().name() + " layer " + layer + " attention",
                (change ? "Change of the attention of layer " : "Attention of layer ") + layer + ", summed over its "
                        + (heads == 1 ? "head" : heads + " heads"),
                Heatmap.Axis.sentence("destination", pieces),
                Heatmap.Axis.sentence("source", pieces),
                Float32.base64(attention.withAboveDiagonal(Float.NaN)),
                change ? "diverging" : "sequential",
                "weight",
                "sum of the weights of " + heads + " heads" + (change ? "" : "; a row sums to " + heads));
    }

    private static Matrix summed(Exploration exploration, int layer) {
        return exploration
                .ofRun("attention of a layer", List.of(layer), run -> LayerAttention.of(run, layer))
                .summed();
    }
}
