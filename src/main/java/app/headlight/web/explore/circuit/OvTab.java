package app.headlight.web.explore.circuit;

import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.Spectrum;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.lab.Measurement;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadSpectra;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.python.CircuitPython;
import app.headlight.web.words.Quantity;
import app.headlight.web.words.TokenText;
import java.util.Arrays;
import java.util.List;

/** The OV circuit of the selected head: how attention to a token changes the logits of all. */
public class OvTab extends HeadTab {

    private static final List<String> ENDS = List.of("reads", "raises", "lowers");

    private int[] cells = new int[0];

    public OvTab(StateChange change) {
        super(change);
        heatmap.addCellSelectListener(event -> circuit(state -> state.withToken(cells[event.row()])));
    }

    @Override
    protected Measurement<OvCircuit> before(Exploration exploration) {
        ShownHead head = exploration.shownHead().orElseThrow();
        Transformer model = exploration.model().transformer();
        return Measurement.slow(
                exploration.model().ref(), "OV circuit", List.of(head.name()), progress -> head.ov(model));
    }

    @Override
    protected void draw(Exploration exploration) {
        showLeftOut(exploration);
        ShownHead head = exploration.shownHead().orElseThrow();
        OvCircuit circuit = exploration.lab().get(before(exploration));
        int subject = subject(exploration, true);
        cells = Arrays.stream(exploration.prompt().tokens()).distinct().toArray();
        heatmap.show(List.of(exploration.sentenceKey(), head.name()), () -> between(exploration, head, circuit));
        heatmap.select(indexOf(subject), -1);
        Ranking written = new VocabularyRanking(exploration)
                .ranking(
                        "Reading " + TokenText.of(exploration.piece(subject).label()) + " writes",
                        "output",
                        exploration.ofModel(
                                "OV outputs",
                                List.of(head.name(), subject),
                                model -> Vector.of(circuit.outputsOf(subject, true))));
        ranking.show(written);
        Spectrum spectrum = exploration.ofModel("OV spectrum", List.of(head.name()), model -> circuit.spectrum());
        spectra.showEigenvalues(exploration, head.name(), "OV", "copies →", "copying", spectrum);
        spectra.showDirections(
                exploration,
                head.name(),
                head instanceof ShownHead.Virtual ? "Singular values" : "Singular values of W_OV",
                model -> head.directions(model, HeadSpectra.TOKENS),
                ENDS);
        CircuitPython.Circuit python = CircuitPython.Circuit.ov(head.heads());
        spectra.setPython(
                exploration,
                python,
                "Singular values of W_OV of " + head.name(),
                CircuitPython.ovWeights(head.heads()));
        ranking.setPython(CircuitPython.ranking(exploration.pythonModel(), python, subject, false, written));
        List<Piece> tokens = Arrays.stream(cells).mapToObj(exploration::piece).toList();
        heatmap.setPython(CircuitPython.among(
                exploration.pythonModel(),
                python,
                cells,
                Heatmap.Axis.tokens("source token read", tokens),
                Heatmap.Axis.tokens("output token", tokens),
                Quantity.LOGIT_OVER_MEAN.label()));
    }

    private Heatmap.Cells between(Exploration exploration, ShownHead head, OvCircuit circuit) {
        List<Piece> tokens = Arrays.stream(cells).mapToObj(exploration::piece).toList();
        Matrix values =
                exploration.ofRun("OV between tokens", List.of(head.name()), run -> circuit.between(cells, true));
        return new Heatmap.Cells(
                exploration.model().name() + " " + head.name() + " OV circuit",
                "OV circuit, among the sentence's tokens",
                Heatmap.Axis.tokens("source token read", tokens),
                Heatmap.Axis.tokens("output token", tokens),
                Float32.base64(values),
                "diverging",
                Quantity.LOGIT_OVER_MEAN.label());
    }

    private int indexOf(int token) {
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == token) {
                return i;
            }
        }
        return -1;
    }
}
