package app.headlight.web.runs;

import app.headlight.engine.circuits.SummedAttention;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Segmented;
import app.headlight.web.component.TokenLabel;
import app.headlight.web.explore.attention.LayerTab;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.AttentionState.Pooled;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import java.util.stream.IntStream;

/** The attention of the whole layer of the selected head, and of all heads of a run. */
class RunLayer extends Div implements Panel<ShownRun> {

    private final Segmented picker = LayerTab.picker();
    private final Heatmap layer = new Heatmap();
    private final Heatmap all = new Heatmap();

    RunLayer(StateChange change) {
        addClassNames("hl-tab", "hl-tab-picked");
        picker.addChoiceListener(event -> change.to(
                state -> state.withAttention(state.attention().withPooled(Choice.of(Pooled.class, event.value())))));
        layer.setId("layer-attention");
        all.setId("all-attention");
        for (Heatmap picture : List.of(layer, all)) {
            picture.addCellSelectListener(event -> change.to(state -> state.withLine(event.row(), event.column())));
        }
        Div both = new Div(layer, all);
        both.addClassName("hl-tab-layer");
        add(picker, both);
    }

    @Override
    public void show(ShownRun shown) {
        picker.setValue(Choice.name(shown.state().attention().pooled()));
        int of = shown.head().layer();
        show(
                layer,
                shown,
                "layer " + of,
                shown.run().heads().stream().filter(head -> head.layer() == of).toList());
        show(all, shown, "all heads", shown.run().heads());
    }

    private static void show(Heatmap picture, ShownRun shown, String of, List<HeadId> heads) {
        Pooled pooled = shown.state().attention().pooled();
        picture.show(List.of(shown.key(), of, pooled), () -> cells(shown, of, heads, pooled));
        picture.select(shown.state().destination(), shown.state().source());
    }

    private static Heatmap.Cells cells(ShownRun shown, String of, List<HeadId> heads, Pooled pooled) {
        SummedAttention summed = shown.measured(
                "summed attention",
                List.of(of),
                () -> SummedAttention.of(heads, shown.run().length(), shown.run()::pattern));
        Matrix weights = pooled == Pooled.SUM ? summed.summed() : summed.mean();
        Matrix seen = shown.run().isCausal() ? weights.withAboveDiagonal(Float.NaN) : weights;
        String taken = pooled == Pooled.SUM ? "sum" : "mean";
        return new Heatmap.Cells(
                shown.stored().name() + " " + of + " attention " + taken,
                "Attention of " + of + ", " + (pooled == Pooled.SUM ? "summed" : "averaged"),
                axis("destination", shown.labels()),
                axis("source", shown.labels()),
                Float32.base64(seen),
                "sequential",
                "weight",
                taken + " of the weights of " + (heads.size() == 1 ? "1 head" : heads.size() + " heads")
                        + "; a row sums to " + (pooled == Pooled.SUM ? heads.size() : 1));
    }

    private static Heatmap.Axis axis(String title, List<TokenLabel> tokens) {
        return new Heatmap.Axis(
                title,
                IntStream.range(0, tokens.size())
                        .mapToObj(at -> new Heatmap.Name(
                                tokens.get(at).label(), at, tokens.get(at).id()))
                        .toList());
    }
}
