package app.headlight.web.explore;

import app.headlight.circuits.OvCircuit;
import app.headlight.circuits.SingularDirections;
import app.headlight.transformer.HeadId;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import java.util.Arrays;
import java.util.List;

/** The OV circuit of the selected head: how attention to a token changes the logits of all. */
class OvTab extends HeadTab {

    private static final List<String> ENDS = List.of("reads", "raises", "lowers");

    private int[] cells = new int[0];

    OvTab(StateChange change) {
        super(change);
        heatmap.addCellSelectListener(event -> circuit(state -> state.withToken(cells[event.row()])));
    }

    @Override
    void draw(Exploration exploration) {
        HeadId head = exploration.headId().orElseThrow();
        OvCircuit circuit = OvCircuit.of(exploration.model().transformer(), head);
        int subject = subject(exploration, true);
        cells = Arrays.stream(exploration.prompt().tokens()).distinct().toArray();
        heatmap.show(List.of(exploration.sentenceKey(), head), () -> between(exploration, circuit));
        heatmap.select(indexOf(subject), -1);
        ranking.show(new VocabularyRanking(exploration)
                .ranking(
                        "Reading " + exploration.piece(subject).label() + " writes",
                        "output",
                        circuit.outputsOf(subject, true)));
        spectra.showEigenvalues(exploration, "OV", "copies →", "copying", circuit.spectrum());
        spectra.showDirections(
                exploration,
                "Singular values of W_OV",
                () -> SingularDirections.ofOv(exploration.model().transformer(), head, HeadSpectra.TOKENS),
                ENDS);
    }

    private Heatmap.Cells between(Exploration exploration, OvCircuit circuit) {
        List<String> labels = Arrays.stream(cells)
                .mapToObj(token -> exploration.piece(token).label())
                .toList();
        return new Heatmap.Cells(
                exploration.model().name() + " " + exploration.headId().orElseThrow() + " OV circuit",
                "OV circuit, among the sentence's tokens",
                labels,
                labels,
                Float32.base64(circuit.between(cells, true)),
                "diverging",
                "logit",
                "source token read",
                "output token");
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
