package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the residual stream: one part of the sum that a head reads ({@code docs/maths.md}, "Where an attention
 * score comes from").
 *
 * @param head the head that writes; only for {@link Kind#HEAD}
 */
public record StreamWriter(Kind kind, @Nullable HeadId head) {

    /** The kinds of writers. */
    public enum Kind {
        /** The token embedding. */
        EMBEDDING,
        /** The position embedding. */
        POSITIONS,
        /** A head of an earlier layer. */
        HEAD,
        /** The biases: b_O of the earlier layers, and the reader's own b_Q or b_K. */
        BIAS
    }

    public static final StreamWriter EMBEDDING = new StreamWriter(Kind.EMBEDDING, null);
    public static final StreamWriter POSITIONS = new StreamWriter(Kind.POSITIONS, null);
    public static final StreamWriter BIAS = new StreamWriter(Kind.BIAS, null);

    /** @throws IllegalArgumentException if a head is missing, or given for another kind */
    public StreamWriter {
        if ((kind == Kind.HEAD) == (head == null)) {
            throw new IllegalArgumentException("a writer of kind " + kind + " with the head " + head);
        }
    }

    public static StreamWriter of(HeadId head) {
        return new StreamWriter(Kind.HEAD, head);
    }

    /** All that a head of a layer reads: embed, pos if there are positions, every head of earlier layers, bias. */
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
        }
        writers.add(BIAS);
        return List.copyOf(writers);
    }

    /**
     * The writer of that name.
     *
     * @throws Refusal if it is not embed, pos, bias or a head such as L0H1
     */
    public static StreamWriter parse(String name) {
        return switch (name) {
            case "embed" -> EMBEDDING;
            case "pos" -> POSITIONS;
            case "bias" -> BIAS;
            default -> of(HeadId.parse(name));
        };
    }

    /** {@code embed}, {@code pos}, {@code bias}, or the head, such as {@code L0H1}. */
    public String name() {
        return switch (kind) {
            case EMBEDDING -> "embed";
            case POSITIONS -> "pos";
            case HEAD -> Objects.requireNonNull(head).toString();
            case BIAS -> "bias";
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
