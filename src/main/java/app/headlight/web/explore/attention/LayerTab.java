package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.SummedAttention;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Run;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Segmented;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.python.StreamPython;
import app.headlight.web.view.AttentionState.Pooled;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.function.Function;

/** The attention of the whole layer of the selected head, and of all heads: their patterns, summed or averaged. */
public class LayerTab extends TabContent {

    private static final String ALL = "all heads";

    private final Segmented picker;
    private final Heatmap layer;
    private final Heatmap all;

    public LayerTab(StateChange change) {
        this(change, picker(), new Heatmap(), new Heatmap());
    }

    /** How the heads are taken together. */
    public static Segmented picker() {
        Segmented picker = new Segmented(
                "Heads taken together",
                List.of(
                        new Segmented.Choice(Choice.name(Pooled.SUM), "sum", "The sum of the weights"),
                        new Segmented.Choice(Choice.name(Pooled.MEAN), "mean", "The mean of the weights")));
        picker.setId("pooled");
        return picker;
    }

    private LayerTab(StateChange change, Segmented picker, Heatmap layer, Heatmap all) {
        super("hl-tab-picked", picker, pictures(layer, all));
        this.picker = picker;
        this.layer = layer;
        this.all = all;
        picker.addChoiceListener(event -> change.to(
                state -> state.withAttention(state.attention().withPooled(Choice.of(Pooled.class, event.value())))));
        layer.setId("layer-attention");
        all.setId("all-attention");
        for (Heatmap picture : List.of(layer, all)) {
            picture.addCellSelectListener(event ->
                    change.to(state -> state.withLine(event.row(), Math.min(event.row(), event.column()))));
        }
    }

    private static Div pictures(Heatmap layer, Heatmap all) {
        Div both = new Div(layer, all);
        both.addClassName("hl-tab-layer");
        return both;
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.headId().isEmpty() ? "This model has no attention heads." : super.missing(exploration);
    }

    @Override
    protected void draw(Exploration exploration) {
        int of = exploration.headId().orElseThrow().layer();
        Pooled pooled = exploration.state().attention().pooled();
        picker.setValue(Choice.name(pooled));
        show(layer, exploration, "layer " + of, run -> SummedAttention.ofLayer(run, of), pooled);
        show(all, exploration, ALL, SummedAttention::ofAll, pooled);
    }

    private static void show(
            Heatmap picture,
            Exploration exploration,
            String of,
            Function<Run, SummedAttention> attention,
            Pooled pooled) {
        picture.show(List.of(exploration.sentenceKey(), of, pooled), () -> cells(exploration, of, attention, pooled));
        picture.select(exploration.state().destination(), exploration.state().source());
        Integer layer = of.equals(ALL)
                ? null
                : (Integer) exploration.headId().orElseThrow().layer();
        Heatmap.Axis destinations =
                Heatmap.Axis.sentence("destination", exploration.prompt().pieces());
        Heatmap.Axis sources =
                Heatmap.Axis.sentence("source", exploration.prompt().pieces());
        picture.setPython(exploration.python(run -> StreamPython.pooled(
                run,
                layer,
                pooled == Pooled.SUM,
                destinations,
                sources,
                figure(summed(exploration, of, attention).heads(), pooled, exploration.isDifference()))));
    }

    private static Heatmap.Cells cells(
            Exploration exploration, String of, Function<Run, SummedAttention> attention, Pooled pooled) {
        List<Piece> pieces = exploration.prompt().pieces();
        boolean change = exploration.isDifference();
        Exploration shown = change ? exploration.withEdits() : exploration;
        SummedAttention summed = summed(shown, of, attention);
        Matrix weights = taken(summed, pooled);
        if (change) {
            weights = weights.minus(taken(summed(exploration.withoutEdits(), of, attention), pooled));
        }
        String heads = summed.heads() == 1 ? "its head" : "its " + summed.heads() + " heads";
        String over = of.equals(ALL)
                ? (pooled == Pooled.SUM ? "summed" : "averaged")
                : (pooled == Pooled.SUM ? "summed over " : "averaged over ") + heads;
        return new Heatmap.Cells(
                exploration.model().name() + " " + of + " attention " + Choice.name(pooled),
                (change ? "Change of the attention of " : "Attention of ") + of + ", " + over,
                Heatmap.Axis.sentence("destination", pieces),
                Heatmap.Axis.sentence("source", pieces),
                Float32.base64(weights.withAboveDiagonal(Float.NaN)),
                change ? "diverging" : "sequential",
                "weight",
                figure(summed.heads(), pooled, change));
    }

    /** What a cell's figure is. */
    private static String figure(int heads, Pooled pooled, boolean change) {
        return (pooled == Pooled.SUM ? "sum" : "mean") + " of the weights of "
                + (heads == 1 ? "1 head" : heads + " heads")
                + (change ? "" : "; a row sums to " + (pooled == Pooled.SUM ? heads : 1));
    }

    private static Matrix taken(SummedAttention attention, Pooled pooled) {
        return pooled == Pooled.SUM ? attention.summed() : attention.mean();
    }

    private static SummedAttention summed(
            Exploration exploration, String of, Function<Run, SummedAttention> attention) {
        return exploration.ofRun("summed attention", List.of(of), attention);
    }
}
