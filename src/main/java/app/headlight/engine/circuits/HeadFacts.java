package app.headlight.engine.circuits;

import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.QkCircuit.Term;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the weights say of one head, and how it composes with others.
 *
 * @param copies how much it raises the tokens that it attends to, on repeated random tokens; null if the context is too
 *     short for them
 * @param ov of its full OV circuit; the score is the copying score
 * @param qk of its full QK circuit; the score is the matching score
 * @param scores the size of each term of its scores, the root of the mean square of an entry; the token–token term alone
 *     where no positions are embedded
 * @param partners its compositions with the heads of other layers, the highest above random first; the earlier head of
 *     each pair is the writer
 */
public record HeadFacts(
        @Nullable Double copies, Spectrum ov, Spectrum qk, Map<Term, Double> scores, List<Edge> partners) {

    public HeadFacts {
        scores = Collections.unmodifiableMap(new EnumMap<>(scores));
        partners = List.copyOf(partners);
    }

    /** @throws Refusal if there is no such head */
    public static HeadFacts of(Transformer model, HeadId head, Progress progress) {
        Spectrum ov = OvCircuit.of(model, head).spectrum();
        QkCircuit qk = QkCircuit.of(model, head);
        Map<Term, Double> scores = new EnumMap<>(Term.class);
        for (Term term : qk.hasPositions() ? Term.values() : new Term[] {Term.TOKEN_TOKEN}) {
            scores.put(term, qk.size(term));
        }
        progress.report(1, 10);
        List<Edge> partners = new ArrayList<>();
        for (Composition kind : Composition.values()) {
            partners.addAll(CompositionGraph.partners(model, head, kind));
            progress.report(2 + kind.ordinal(), 10);
        }
        partners.sort(Comparator.comparingDouble(Edge::excess).reversed());
        Double copies = RepeatedTokens.fits(model.config())
                ? CopyingHeads.of(
                        model, head, RepeatedTokens.of(model.config()), done -> progress.goesOn(0.4 + 0.6 * done))
                : null;
        return new HeadFacts(copies, ov, qk.spectrum(), scores, partners);
    }

    /** Its strongest compositions as the later head, which reads. */
    public List<Edge> reads(HeadId head, int most) {
        return partners.stream()
                .filter(edge -> Objects.equals(edge.reader(), head))
                .limit(most)
                .toList();
    }

    /** Its strongest compositions as the earlier head, which writes. */
    public List<Edge> writes(HeadId head, int most) {
        return partners.stream()
                .filter(edge -> Objects.equals(edge.writer(), head))
                .limit(most)
                .toList();
    }
}
