package app.headlight.engine.transformer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * A two-layer model that repeats what it has seen, with every weight set by hand: the induction circuit of Elhage et
 * al. 2021 ("Induction Heads", "Mechanistic Theory Of Copying"), so that the right answer of each picture is known.
 *
 * <p>The stream holds four one-hot parts of 64 numbers each: the token, the token before, the position (which only
 * queries and keys read: shortformer) and the output, which the unembedding reads. Patterns are exact to about 1e-5.
 *
 * <ul>
 *   <li>L0H0, previous token: attends to t−1 by position alone and writes that token into "the token before".
 *   <li>L0H1, same token: attends in equal shares to every place that holds the current token, its own included, and
 *       lowers that token's logit by 2. Copying score −1.
 *   <li>L1H0, induction: attends to the places whose token before, written by L0H0, is the current token
 *       (K-composition, raw score 1/8; Q and V 0), and raises the token it finds there by 8. If there is none it
 *       attends to position 0, whose start token it does not copy. Copying score 1.
 *   <li>L1H1, start: attends to position 0 and, finding the start token there, lowers that token's logit by 4. Copying
 *       score −1, of rank 1.
 *   <li>Direct path: 2 for each pair of neighbours in {@link #sentences()}, 0 for all others.
 * </ul>
 *
 * <p>Every sequence must begin with the start token: L1H0 attends to it when there is nothing to repeat.
 */
public final class InductionByHand {

    /** The token that every sequence begins with, id 0. */
    public static final String START = "<|start|>";

    /** The token for every word outside the vocabulary, id 1. */
    public static final String UNKNOWN = "<unk>";

    /** V, K and the context: as many tokens as a head has dimensions, so that a head can distinguish all of them. */
    private static final int N = 64;

    // The first dimension of each part of the stream.
    private static final int TOKEN = 0;
    private static final int BEFORE = N;
    private static final int POSITION = 2 * N;
    private static final int OUTPUT = 3 * N;

    // A query and a key of this size that match give a score of 18 or 32, after division by √K = 8: e^18 against 63.
    private static final float SHARP = 12;
    private static final float SHARPEST = 16;
    /** With a key of 16 this gives a score of 16: more than everything except a match. */
    private static final float REST = 8;

    private static final float COPY = 8;
    private static final float NOT_TWICE = -2;
    private static final float NO_START = -4;
    private static final float NEIGHBOUR = 2;

    private static final List<List<String>> SENTENCES = List.of(
            List.of("The", " cat", " sat", " on", " the", " mat", ".", " The", " cat", " sat", " on", " the"),
            List.of(
                    "Mr",
                    " and",
                    " Mrs",
                    " Dursley",
                    " of",
                    " number",
                    " four",
                    " were",
                    " proud",
                    ".",
                    " Mr",
                    " Dursley"),
            List.of(
                    "When", " Mary", " and", " John", " went", " to", " the", " store", ",", " John", " gave", " a",
                    " bag", " to", " Mary"),
            List.of("Paris", " traveled", " to", " Paris", ",", " France", " and", " stayed", " in", " a", " Hilton"));

    private static final List<String> MORE_WORDS = List.of(
            " river", " seven", " candle", " bright", " horse", " under", " stone", " music", " is", " was", " dog",
            " ran", " saw", " red", " green", " king", " queen", " one", " two", " three", "Mary", "John", "river",
            "candle", "!", "?", "\n");

    private InductionByHand() {}

    /** The texts that the vocabulary was made for, each cut into its tokens, the start token left out. */
    public static List<List<String>> sentences() {
        return SENTENCES;
    }

    /** The 64 tokens by id; a word that follows a space has the space in it. */
    public static List<String> vocabulary() {
        Set<String> tokens = new LinkedHashSet<>(List.of(START, UNKNOWN));
        SENTENCES.forEach(tokens::addAll);
        tokens.addAll(MORE_WORDS);
        return List.copyOf(tokens);
    }

    public static Config config() {
        return Config.builder()
                .sizes(2, 4 * N, 2, N, N, N)
                .positions(Positions.SHORTFORMER)
                .prependBos(true)
                .bosToken(0)
                .build();
    }

    public static Weights weights() {
        FMatrixRMaj embedding = new FMatrixRMaj(N, 4 * N); // [V, D]
        diagonal(embedding, 0, TOKEN, 1);
        FMatrixRMaj positions = new FMatrixRMaj(N, 4 * N); // [nCtx, D]
        diagonal(positions, 0, POSITION, 1);
        FMatrixRMaj unembedding = new FMatrixRMaj(4 * N, N); // [D, V]
        diagonal(unembedding, OUTPUT, 0, 1);
        neighbours(unembedding);
        Map<String, FMatrixRMaj> weights = new HashMap<>();
        weights.put("embed.W_E", embedding);
        weights.put("pos_embed.W_pos", positions);
        weights.put("unembed.W_U", unembedding);
        layer(weights, 0, previousToken(), sameToken());
        layer(weights, 1, induction(), start());
        return Weights.of(config(), weights);
    }

    /** One head while its weights are being written. */
    private record HeadInWork(
            FMatrixRMaj wQ, FMatrixRMaj wK, FMatrixRMaj wV, FMatrixRMaj wO, float[] bQ, float[] bK, float[] bV) {}

    private static HeadInWork previousToken() {
        HeadInWork head = zeros();
        for (int t = 1; t < N; t++) {
            head.wQ().set(POSITION + t, t - 1, SHARP);
        }
        diagonal(head.wK(), POSITION, 0, SHARP);
        diagonal(head.wV(), TOKEN, 0, 1);
        diagonal(head.wO(), 0, BEFORE, 1);
        return head;
    }

    private static HeadInWork sameToken() {
        HeadInWork head = zeros();
        diagonal(head.wQ(), TOKEN, 0, SHARP);
        diagonal(head.wK(), TOKEN, 0, SHARP);
        diagonal(head.wV(), TOKEN, 0, 1);
        diagonal(head.wO(), 0, OUTPUT, NOT_TWICE);
        return head;
    }

    private static HeadInWork induction() {
        HeadInWork head = zeros();
        diagonal(head.wQ(), TOKEN, 0, SHARPEST);
        diagonal(head.wK(), BEFORE, 0, SHARPEST);
        diagonal(head.wV(), TOKEN, 0, 1);
        diagonal(head.wO(), 0, OUTPUT, COPY);
        // The start token occurs only once, so its column is free to mark the place to attend to when nothing matches.
        head.wQ().set(TOKEN, 0, 0);
        head.wK().set(BEFORE, 0, 0);
        head.wV().set(TOKEN, 0, 0);
        head.bQ()[0] = REST;
        head.wK().set(POSITION, 0, SHARPEST);
        return head;
    }

    private static HeadInWork start() {
        HeadInWork head = zeros();
        for (int token = 0; token < N; token++) {
            head.wQ().set(TOKEN + token, 0, SHARP);
        }
        head.wK().set(POSITION, 0, SHARP);
        head.wV().set(TOKEN, 0, 1);
        head.wO().set(0, OUTPUT, NO_START);
        return head;
    }

    private static void neighbours(FMatrixRMaj unembedding) {
        List<String> vocabulary = vocabulary();
        for (List<String> sentence : SENTENCES) {
            for (int t = 0; t + 1 < sentence.size(); t++) {
                int token = vocabulary.indexOf(sentence.get(t));
                unembedding.set(TOKEN + token, vocabulary.indexOf(sentence.get(t + 1)), NEIGHBOUR);
            }
        }
    }

    private static HeadInWork zeros() {
        return new HeadInWork(
                new FMatrixRMaj(4 * N, N),
                new FMatrixRMaj(4 * N, N),
                new FMatrixRMaj(4 * N, N),
                new FMatrixRMaj(N, 4 * N),
                new float[N],
                new float[N],
                new float[N]);
    }

    /** Puts the two heads of a layer side by side; its b_O is zero. */
    private static void layer(Map<String, FMatrixRMaj> weights, int layer, HeadInWork first, HeadInWork second) {
        String prefix = "blocks." + layer + ".attn.";
        weights.put(prefix + "W_Q", CommonOps_FDRM.concatColumnsMulti(first.wQ(), second.wQ()));
        weights.put(prefix + "W_K", CommonOps_FDRM.concatColumnsMulti(first.wK(), second.wK()));
        weights.put(prefix + "W_V", CommonOps_FDRM.concatColumnsMulti(first.wV(), second.wV()));
        weights.put(prefix + "W_O", CommonOps_FDRM.concatRowsMulti(first.wO(), second.wO()));
        weights.put(prefix + "b_Q", joined(first.bQ(), second.bQ()));
        weights.put(prefix + "b_K", joined(first.bK(), second.bK()));
        weights.put(prefix + "b_V", joined(first.bV(), second.bV()));
    }

    private static FMatrixRMaj joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, 2 * N);
        System.arraycopy(second, 0, both, N, N);
        return FMatrixRMaj.wrap(1, 2 * N, both);
    }

    /** {@code value} at 64 places down the diagonal that begins at the row and column given. */
    private static void diagonal(FMatrixRMaj matrix, int row, int column, float value) {
        for (int i = 0; i < N; i++) {
            matrix.set(row + i, column + i, value);
        }
    }
}
