package app.headlight.web.api;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.HeadGeometry;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.Spectrum;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The circuits of every head as numbers, by the name of the head; eigenvalues as real and imaginary part, largest
 * magnitude first.
 *
 * @param ovEigenvalues of the full OV circuit
 * @param copyingScore of those
 * @param qkEigenvalues of the full QK circuit, not divided by sqrt(d_head)
 * @param qkMatchingScore of those
 * @param ovTopEntries [20] of source, output and value: the largest of the full OV circuit with centred rows
 * @param ovNorm Frobenius norm of W_OV
 * @param qkNorm Frobenius norm of W_QK
 * @param ovSingularValues of W_OV
 * @param ovEffectiveDimension participation ratio of those
 * @param compositionRaw by kind (Q, K, V) and pair ({@code L0H1->L1H0}), no baseline subtracted
 */
record CircuitsAnswer(
        @JsonProperty("ov_eigenvalues") Map<String, List<List<Double>>> ovEigenvalues,
        @JsonProperty("copying_score") Map<String, Double> copyingScore,
        @JsonProperty("qk_eigenvalues") Map<String, List<List<Double>>> qkEigenvalues,
        @JsonProperty("qk_matching_score") Map<String, Double> qkMatchingScore,
        @JsonProperty("ov_top_entries") Map<String, List<List<Number>>> ovTopEntries,
        @JsonProperty("ov_norm") Map<String, Double> ovNorm,
        @JsonProperty("qk_norm") Map<String, Double> qkNorm,
        @JsonProperty("ov_singular_values") Map<String, List<Double>> ovSingularValues,
        @JsonProperty("ov_effective_dimension") Map<String, Double> ovEffectiveDimension,
        @JsonProperty("composition_raw") Map<Composition, Map<String, Double>> compositionRaw) {

    private static final int TOP = 20;

    private CircuitsAnswer() {
        this(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    static CircuitsAnswer of(Transformer model) {
        CircuitsAnswer answer = new CircuitsAnswer();
        model.heads().forEach(head -> answer.add(model, head));
        for (Composition kind : Composition.values()) {
            answer.compositionRaw.put(kind, composition(model, kind));
        }
        return answer;
    }

    private void add(Transformer model, HeadId head) {
        String name = head.toString();
        OvCircuit ov = OvCircuit.of(model, head);
        Spectrum ovSpectrum = ov.spectrum();
        Spectrum qkSpectrum = QkCircuit.of(model, head).spectrum();
        HeadGeometry geometry = HeadGeometry.of(model.head(head));
        ovEigenvalues.put(name, pairs(ovSpectrum));
        copyingScore.put(name, ovSpectrum.score());
        qkEigenvalues.put(name, pairs(qkSpectrum));
        qkMatchingScore.put(name, qkSpectrum.score());
        ovTopEntries.put(
                name,
                ov.largestEntries(TOP).stream()
                        .map(entry -> List.<Number>of(entry.row(), entry.column(), entry.value()))
                        .toList());
        ovNorm.put(name, geometry.ovNorm());
        qkNorm.put(name, geometry.qkNorm());
        ovSingularValues.put(name, geometry.ovSingularValues());
        ovEffectiveDimension.put(name, geometry.ovEffectiveDimension());
    }

    private static List<List<Double>> pairs(Spectrum spectrum) {
        return spectrum.eigenvalues().stream()
                .map(value -> List.of(value.re(), value.im()))
                .toList();
    }

    private static Map<String, Double> composition(Transformer model, Composition kind) {
        Map<String, Double> scores = new LinkedHashMap<>();
        List<Head> heads = model.heads().stream().map(model::head).toList();
        for (Head earlier : heads) {
            for (Head later : heads) {
                if (earlier.id().layer() < later.id().layer()) {
                    scores.put(earlier.id() + "->" + later.id(), kind.raw(earlier, later));
                }
            }
        }
        return scores;
    }
}
