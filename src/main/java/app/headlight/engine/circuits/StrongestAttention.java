package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Hooks;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The one attention weight of a text by which a head does most strongly what it is known for.
 *
 * @param text which of the texts
 * @param destination t
 * @param source s
 * @param weight A[t, s], in [0, 1]
 * @param given A[t, ·], what the destination gives to each token, [T]
 */
public record StrongestAttention(int text, int destination, int source, double weight, Vector given) {

    /** Whither a weight goes that is looked for; never to the first token, which is a resting place. */
    public enum Role {
        /** To the token before: s = t − 1. */
        PREVIOUS,
        /** To the same token earlier. */
        DUPLICATE,
        /** To what followed the same token earlier. */
        INDUCTION,
        /** To any token but the destination itself, of a head that does none of the others. */
        ELSEWHERE;

        /** That of a head by its scores; a head that rests at the first token is looked at where it does not. */
        public static Role of(@Nullable DetectorScores scores) {
            return Optional.ofNullable(scores)
                    .flatMap(HeadLabel::of)
                    .map(label -> switch (label.kind()) {
                        case PREVIOUS -> PREVIOUS;
                        case DUPLICATE -> DUPLICATE;
                        case INDUCTION -> INDUCTION;
                        case FIRST -> ELSEWHERE;
                    })
                    .orElse(ELSEWHERE);
        }

        private boolean isMet(int[] tokens, int t, int s) {
            return switch (this) {
                case PREVIOUS -> s == t - 1;
                case DUPLICATE -> tokens[s] == tokens[t];
                case INDUCTION -> tokens[s - 1] == tokens[t];
                case ELSEWHERE -> true;
            };
        }
    }

    /**
     * Of each text the strongest weight of a role, the strongest text first; of equal ones the earlier. A text without any
     * place of the role is left out, and one whose two tokens are those of a stronger text.
     *
     * @param most texts at most
     * @param progress told before each text
     * @throws Refusal if there is no such head, or a text does not fit the model
     * @throws UncomputableException if a number is not finite
     * @throws CancellationException if the listener ends it
     */
    public static List<StrongestAttention> of(
            Transformer model, HeadId head, Role role, List<int[]> texts, int most, Progress progress) {
        model.head(head);
        List<StrongestAttention> strongest = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            progress.report(i, texts.size());
            if (texts.get(i).length > 2) {
                PatternOfHead pattern = new PatternOfHead(head);
                model.watch(List.of(texts.get(i)), pattern);
                in(i, texts.get(i), role, pattern.values()).ifPresent(strongest::add);
            }
        }
        strongest.sort(Comparator.comparingDouble(StrongestAttention::weight).reversed());
        Set<List<Integer>> seen = new HashSet<>();
        return strongest.stream()
                .filter(found -> seen.add(found.tokens(texts.get(found.text))))
                .limit(most)
                .toList();
    }

    private List<Integer> tokens(int[] of) {
        return List.of(of[destination], of[source]);
    }

    private static Optional<StrongestAttention> in(int text, int[] tokens, Role role, Matrix pattern) {
        int destination = -1;
        int source = -1;
        for (int t = 2; t < tokens.length; t++) {
            for (int s = 1; s < t; s++) {
                if (role.isMet(tokens, t, s) && (source < 0 || pattern.get(t, s) > pattern.get(destination, source))) {
                    destination = t;
                    source = s;
                }
            }
        }
        return source < 0
                ? Optional.empty()
                : Optional.of(new StrongestAttention(
                        text,
                        destination,
                        source,
                        pattern.get(destination, source),
                        Vector.of(pattern.row(destination))));
    }

    /** The pattern of one head, which a pass leaves here. */
    private static final class PatternOfHead implements Hooks {

        private final HeadId head;
        private @Nullable Matrix values;

        PatternOfHead(HeadId head) {
            this.head = head;
        }

        Matrix values() {
            if (values == null) {
                throw new IllegalStateException("no pass has shown the pattern of " + head);
            }
            return values;
        }

        @Override
        public boolean wants(Kind kind, int layer, int of) {
            return kind == Kind.PATTERN && layer == head.layer() && of == head.head();
        }

        @Override
        public boolean at(Site site, int sequence, FMatrixRMaj pattern) {
            values = Matrix.of(pattern);
            return false;
        }
    }
}
