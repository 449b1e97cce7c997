package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the residual stream: one part of the sum that a head reads ({@code docs/maths.md}, "Where an attention
 * score comes from").
 *
 * @param head the head that writes; only for {@link Kind#HEAD}
 * @param layer that writes; −1 for what is before all layers, or of none
 */
public record StreamWriter(Kind kind, @Nullable HeadId head, int layer) {

    /** The kinds of writers. */
    public enum Kind {
        /** The token embedding. */
        EMBEDDING,
        /** The position embedding. */
        POSITIONS,
        /** A head of an earlier layer. */
        HEAD,
        /** The MLP of an earlier layer, with its b_out. */
        MLP,
        /** The biases: b_O of the earlier layers, b of the reader's norm, and the reader's own b_Q or b_K. */
        BIAS
    }

    private static final Pattern MLP = Pattern.compile("MLP\\d{1,4}");

    public static final StreamWriter EMBEDDING = new StreamWriter(Kind.EMBEDDING, null, -1);
    public static final StreamWriter POSITIONS = new StreamWriter(Kind.POSITIONS, null, -1);
    public static final StreamWriter BIAS = new StreamWriter(Kind.BIAS, null, -1);

    /** @throws IllegalArgumentException if a head is missing, or given for another kind */
    public StreamWriter {
        if ((kind == Kind.HEAD) == (head == null)) {
            throw new IllegalArgumentException("a writer of kind " + kind + " with the head " + head);
        }
    }

    public static StreamWriter of(HeadId head) {
        return new StreamWriter(Kind.HEAD, head, head.layer());
    }

    /** The MLP of a layer. */
    public static StreamWriter ofMlp(int layer) {
        return new StreamWriter(Kind.MLP, null, layer);
    }

    /** All that a head of a layer reads: embed, pos if there are positions, heads and MLPs of earlier layers, bias. */
    public static List<StreamWriter> before(int layer, Config config) {
        List<StreamWriter> writers = new ArrayList<>();
        writers.add(EMBEDDING);
        if (config.positions().isEmbedded()) {
            writers.add(POSITIONS);
        }
        for (int l = 0; l < layer; l++) {
            for (int h = 0; h < config.nHeads(); h++) {
                writers.add(of(new HeadId(l, h)));
            }
            if (config.mlp() != null) {
                writers.add(ofMlp(l));
            }
        }
        writers.add(BIAS);
        return List.copyOf(writers);
    }

    /**
     * The writer of that name.
     *
     * @throws Refusal if it is not embed, pos, bias, a head such as L0H1, or an MLP such as MLP0
     */
    public static StreamWriter parse(String name) {
        return switch (name) {
            case "embed" -> EMBEDDING;
            case "pos" -> POSITIONS;
            case "bias" -> BIAS;
            default ->
                MLP.matcher(name).matches() ? ofMlp(Integer.parseInt(name.substring(3))) : of(HeadId.parse(name));
        };
    }

    /**
     * What it writes in a run, [T, D]; the embedding with its positions.
     *
     * @throws IllegalStateException of positions and biases, which are written with something else
     */
    FMatrixRMaj written(Run run) {
        Matrix written = switch (kind) {
            case EMBEDDING -> run.residual(0);
            case HEAD -> run.result(Objects.requireNonNull(head));
            case MLP -> run.mlpOut(layer);
            default -> throw new IllegalStateException(name() + " is written with something else");
        };
        return written.copy();
    }

    /** {@code embed}, {@code pos}, {@code bias}, the head, such as {@code L0H1}, or the MLP, such as {@code MLP0}. */
    public String name() {
        return switch (kind) {
            case EMBEDDING -> "embed";
            case POSITIONS -> "pos";
            case HEAD -> Objects.requireNonNull(head).toString();
            case MLP -> "MLP" + layer;
            case BIAS -> "bias";
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
