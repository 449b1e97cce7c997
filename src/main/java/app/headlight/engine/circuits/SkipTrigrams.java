package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;

/**
 * The skip-trigrams of a head, "source … destination → output": at the destination the head attends to the source by
 * its QK circuit, and that raises the output by its OV circuit (Elhage et al. 2021, "A Mathematical Framework for
 * Transformer Circuits", Skip-Trigrams). Both values are of the tokens only; that of the output is centred over all
 * outputs.
 */
public final class SkipTrigrams {

    private final OvCircuit ov;
    private final QkCircuit qk;

    private SkipTrigrams(OvCircuit ov, QkCircuit qk) {
        this.ov = ov;
        this.qk = qk;
    }

    /**
     * One skip-trigram.
     *
     * @param qk the score of the source for the destination, divided by sqrt(d_head)
     * @param ov the change of the output's logit for attention 1 to the source
     */
    public record Trigram(int source, int destination, int output, double qk, double ov) {}

    /**
     * A source token with its destinations and outputs, strongest first.
     *
     * @param destinations by their score for the source
     * @param outputs by how much the source raises them
     */
    public record Source(int token, List<TopK.Entry> destinations, List<TopK.Entry> outputs) {

        /** Copies the lists. */
        public Source {
            destinations = List.copyOf(destinations);
            outputs = List.copyOf(outputs);
        }
    }

    /** Computes both circuits: 8 V D K operations. Throws {@link Refusal} if there is no such head. */
    public static SkipTrigrams of(Transformer model, HeadId head) {
        return new SkipTrigrams(OvCircuit.of(model, head), QkCircuit.of(model, head));
    }

    /** The {@code k} strongest destinations and outputs of a source. */
    public Source from(int source, int k) {
        return new Source(
                source, TopK.largest(qk.destinationsOf(source), k), TopK.largest(ov.outputsOf(source, true), k));
    }

    /** The {@code k} strongest sources of a destination, each with the output that it raises most. */
    public List<Trigram> at(int destination, int k) {
        List<Trigram> trigrams = new ArrayList<>();
        for (TopK.Entry source : TopK.largest(qk.sourcesOf(destination), k)) {
            TopK.Entry output =
                    TopK.largest(ov.outputsOf(source.index(), true), 1).getFirst();
            trigrams.add(new Trigram(source.index(), destination, output.index(), source.value(), output.value()));
        }
        return trigrams;
    }

    /** The {@code k} sources that raise an output most, each with the destination that attends to it most. */
    public List<Trigram> to(int output, int k) {
        List<Trigram> trigrams = new ArrayList<>();
        for (TopK.Entry source : TopK.largest(ov.sourcesOf(output, true), k)) {
            TopK.Entry destination =
                    TopK.largest(qk.destinationsOf(source.index()), 1).getFirst();
            trigrams.add(new Trigram(source.index(), destination.index(), output, destination.value(), source.value()));
        }
        return trigrams;
    }

    /** The {@code k} largest entries of the OV circuit, each with the destination that attends to its source most. */
    public List<Trigram> strongest(int k, Progress progress) {
        List<Trigram> trigrams = new ArrayList<>();
        for (TopK.Cell entry : ov.largestEntries(k, progress)) {
            TopK.Entry destination =
                    TopK.largest(qk.destinationsOf(entry.row()), 1).getFirst();
            trigrams.add(
                    new Trigram(entry.row(), destination.index(), entry.column(), destination.value(), entry.value()));
        }
        return trigrams;
    }

    /** The values of one skip-trigram; throws {@link Refusal} naming a token that does not exist. */
    public Trigram of(int source, int destination, int output) {
        return new Trigram(
                source,
                destination,
                output,
                qk.between(new int[] {destination, source}).get(0, 1),
                ov.between(new int[] {source, output}, true).get(0, 1));
    }

    /**
     * A skip-trigram bug: the QK and OV circuits of a head are independent, so a head that raises two outputs, each
     * after its own destination, also raises each after the destination of the other.
     *
     * @param meant the two skip-trigrams of one source whose outputs belong to their destinations
     * @param crossed the two that are raised with them
     */
    public record Bug(List<Trigram> meant, List<Trigram> crossed) {}

    /**
     * The bugs among the {@code k} strongest destinations and outputs of a source. An output belongs to the destination
     * that raises it most by itself, by {@code bigrams}. The strongest outputs come first.
     */
    public List<Bug> bugs(int source, Bigrams bigrams, int k) {
        Source around = from(source, k);
        List<Trigram> meant = new ArrayList<>();
        for (TopK.Entry output : around.outputs()) {
            int best = around.destinations().getFirst().index();
            for (TopK.Entry destination : around.destinations()) {
                if (bigrams.raise(destination.index(), output.index()) > bigrams.raise(best, output.index())) {
                    best = destination.index();
                }
            }
            meant.add(of(source, best, output.index()));
        }
        List<Bug> bugs = new ArrayList<>();
        for (int i = 0; i < meant.size(); i++) {
            for (int j = i + 1; j < meant.size(); j++) {
                Trigram a = meant.get(i);
                Trigram b = meant.get(j);
                if (a.destination != b.destination) {
                    Trigram crossed = new Trigram(source, a.destination, b.output, a.qk, b.ov);
                    Trigram other = new Trigram(source, b.destination, a.output, b.qk, a.ov);
                    bugs.add(new Bug(List.of(a, b), List.of(crossed, other)));
                }
            }
        }
        return bugs;
    }
}
