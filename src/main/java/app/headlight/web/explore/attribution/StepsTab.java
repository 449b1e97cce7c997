package app.headlight.web.explore.attribution;

import app.headlight.engine.circuits.HeadComputation;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.CircuitDiagram;
import app.headlight.web.component.FigureTable;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.explore.stream.NeuronFigures;
import app.headlight.web.words.ModelKind;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;

/** The whole computation of the selected head at the selected destination, as one drawn circuit. */
public class StepsTab extends TabContent {

    private static final int SOURCES = 10;

    private final CircuitDiagram diagram;
    private final Paragraph edited = new Paragraph();
    private final Paragraph mlp = new Paragraph();
    private final FigureTable neurons = new FigureTable();

    public StepsTab() {
        this(new CircuitDiagram());
    }

    private StepsTab(CircuitDiagram diagram) {
        super("hl-tab-steps", diagram);
        this.diagram = diagram;
        diagram.setId("step-by-step");
        edited.addClassName("hl-muted");
        neurons.setId("step-neurons");
        mlp.setId("step-mlp");
        addPicture(edited);
        addPicture(mlp);
        addPicture(neurons);
    }

    @Override
    protected String missing(Exploration exploration) {
        if (exploration.headId().isEmpty()) {
            return "This model has no attention heads: a token's prediction is its embedding times the unembedding.";
        }
        if (!exploration.state().virtual().isEmpty()) {
            return "A virtual head is several computations one after another. Pick one of its heads to see it step by"
                    + " step.";
        }
        return exploration.isEmpty() || exploration.hasDestination()
                ? super.missing(exploration)
                : "Click a token to see what the selected head computes there.";
    }

    @Override
    protected void draw(Exploration exploration) {
        HeadId head = exploration.headId().orElseThrow();
        int destination = exploration.state().destination();
        edited.setVisible(exploration.computed().edits().stream()
                .map(Edit::site)
                .anyMatch(site -> site.layer() == head.layer() && (site.head() < 0 || site.head() == head.head())));
        edited.setText("An edit of this run changes " + head
                + " itself or what its layer reads and writes, so the steps need not follow from one another.");
        List<Object> key = List.of(exploration.sentenceKey(), head, destination);
        diagram.show(key, () -> circuit(exploration, head, destination));
        Config config = exploration.model().config();
        mlp.setVisible(config.mlp() != null);
        neurons.setVisible(config.mlp() != null);
        if (config.mlp() != null) {
            mlp.setText("Then MLP" + head.layer() + " reads "
                    + (config.parallel()
                            ? "the same stream as the heads of its layer"
                            : "the stream with what the heads of its layer wrote")
                    + ", and adds one row of W_out for each of its neurons, times its activation.");
            neurons.setPython(NeuronFigures.python(exploration, head.layer(), destination));
            neurons.show(key, () -> NeuronFigures.of(exploration, head.layer(), destination));
        }
    }

    private static CircuitDiagram.Circuit circuit(Exploration exploration, HeadId head, int destination) {
        HeadComputation computed = exploration.ofRun(
                "computation of a head",
                List.of(head, destination),
                run -> HeadComputation.of(exploration.model().transformer(), run, head, destination, SOURCES));
        List<HeadComputation.Source> sources = computed.sources();
        Config config = exploration.model().config();
        return new CircuitDiagram.Circuit(
                exploration.model().name() + " " + head + " step by step",
                head.toString(),
                new CircuitDiagram.Token(destination, exploration.label(destination), id(exploration, destination)),
                sources.stream()
                        .map(source -> new CircuitDiagram.Source(
                                source.position(),
                                exploration.label(source.position()),
                                id(exploration, source.position()),
                                source.score(),
                                source.weight()))
                        .toList(),
                new CircuitDiagram.Vectors(
                        computed.x(),
                        computed.q(),
                        sources.stream().map(HeadComputation.Source::k).toArray(float[][]::new),
                        sources.stream().map(HeadComputation.Source::v).toArray(float[][]::new),
                        computed.z(),
                        computed.result(),
                        computed.before(),
                        computed.after()),
                config.dHead(),
                ModelKind.divisor(config, head.layer()),
                ModelKind.cap(config),
                config.rotary() != null,
                config.mlp() != null);
    }

    private static int id(Exploration exploration, int position) {
        return exploration.prompt().tokens()[position];
    }
}
