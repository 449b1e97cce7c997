package app.headlight.web.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.EmbeddingComparison;
import app.headlight.engine.residual.EmbeddingComparison.Change;
import app.headlight.engine.residual.EmbeddingComparison.Common;
import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.engine.residual.Neighbours;
import app.headlight.engine.residual.Neighbours.Neighbour;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.Ticket;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.TokenNames;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.models.CompareState.Order;
import app.headlight.web.words.TokenText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes the lists of the panel of embeddings from its state. */
@Service
class EmbeddingLists {

    /** How many neighbours are looked at. */
    private static final int K = 10;

    private final ModelLibrary library;
    private final Laboratory lab;

    EmbeddingLists(ModelLibrary library, Laboratory lab) {
        this.library = library;
        this.lab = lab;
    }

    /**
     * What is drawn.
     *
     * @param state the state with all chosen that was left open
     * @param words what is shown, or why it is not
     * @param changes the tokens of two models; null: none
     * @param one neighbours in W_E, or in the first model; null: none
     * @param other neighbours in W_U, or in the second model; null: none
     * @param under the comparison that is running; null: none
     */
    record Shown(
            CompareState state,
            String words,
            @Nullable Ranking changes,
            @Nullable Ranking one,
            @Nullable Ranking other,
            @Nullable Ticket<?> under) {

        static Shown nothing(CompareState state, String why) {
            return new Shown(state, why, null, null, null, null);
        }
    }

    Shown of(CompareState asked) {
        Optional<OpenModel> first = asked.first().isEmpty() ? library.first() : library.open(asked.first());
        if (first.isEmpty()) {
            return Shown.nothing(
                    asked,
                    asked.first().isEmpty()
                            ? "No model is stored yet."
                            : "No model “" + asked.first() + "” is stored here; choose another.");
        }
        CompareState named = asked.withModels(first.get().name(), asked.second());
        if (asked.second().isEmpty()) {
            return alone(first.get(), named);
        }
        Optional<OpenModel> second = library.open(asked.second());
        return second.isEmpty()
                ? Shown.nothing(
                        named.withModels(first.get().name(), ""),
                        "No model “" + asked.second() + "” is stored here; choose another to compare with.")
                : pair(first.get(), second.get(), named);
    }

    /** What a token of the first model is called. */
    String labelInFirst(CompareState state, int id) {
        return label(state.first(), id, state);
    }

    /** What a token of the second model is called, or of the first where that is by itself. */
    String labelInOther(CompareState state, int id) {
        return label(state.second().isEmpty() ? state.first() : state.second(), id, state);
    }

    private String label(String model, int id, CompareState state) {
        return library.open(model)
                .map(open -> open.tokenizer().piece(id).label())
                .orElse(state.token());
    }

    private Shown alone(OpenModel model, CompareState state) {
        int token;
        try {
            token = state.token().isEmpty() ? usual(model) : TokenNames.id(model, state.token());
        } catch (Refusal unreadable) {
            return Shown.nothing(state, unreadable.getMessage());
        }
        String label = model.tokenizer().piece(token).label();
        List<Neighbour> read = lab.get(Measurement.quick(
                model.ref(),
                "neighbours in the embedding",
                List.of(token, K),
                () -> Neighbours.inEmbedding(model.transformer(), token, K)));
        List<Neighbour> said = lab.get(Measurement.quick(
                model.ref(),
                "neighbours in the unembedding",
                List.of(token, K),
                () -> Neighbours.inUnembedding(model.transformer(), token, K)));
        Set<Integer> both = new HashSet<>(read.stream().map(Neighbour::token).toList());
        both.retainAll(said.stream().map(Neighbour::token).toList());
        return new Shown(
                state.withToken(label),
                String.format(
                        Locale.ROOT,
                        "The tokens that %s places nearest to %s, by cosine: what it reads alike, and what it says alike."
                                + " %d of %d are the same.",
                        model.name(),
                        label,
                        both.size(),
                        read.size()),
                null,
                TokenLists.neighbours(model, "Near " + label + " in W_E", read, both),
                TokenLists.neighbours(model, "Near " + label + " in W_U", said, both),
                null);
    }

    private Shown pair(OpenModel first, OpenModel second, CompareState state) {
        List<Common> common = CommonVocabulary.of(first, second);
        if (common.size() <= K) {
            return Shown.nothing(
                    state,
                    String.format(
                            Locale.ROOT,
                            "%s and %s have no common vocabulary: %s. Compare models that take the same tokens.",
                            first.name(),
                            second.name(),
                            common.isEmpty()
                                    ? "no token is written the same way in both"
                                    : "only " + common.size() + " tokens are written the same way"));
        }
        Ticket<EmbeddingComparison> comparison = lab.ask(comparison(first, second, state.space(), common));
        return comparison.result().isDone()
                ? compared(first, second, state, comparison.result().join())
                : new Shown(
                        state,
                        String.format(Locale.ROOT, "Comparing the neighbours of %,d common tokens", common.size()),
                        null,
                        null,
                        null,
                        comparison);
    }

    /** @param common {@link CommonVocabulary} of the two, more than {@link #K} */
    static Measurement<EmbeddingComparison> comparison(
            OpenModel first, OpenModel second, Space space, List<Common> common) {
        return new Measurement<>(
                new Measurement.Key(List.of(first.ref(), second.ref()), "comparison of embeddings", List.of(space)),
                true,
                progress ->
                        EmbeddingComparison.of(first.transformer(), second.transformer(), common, space, K, progress),
                null);
    }

    private static Shown compared(OpenModel first, OpenModel second, CompareState state, EmbeddingComparison done) {
        List<Change> changes =
                state.order() == Order.MOST ? done.changes() : done.changes().reversed();
        String wanted = state.token();
        Change chosen = changes.getFirst();
        String trouble = "";
        if (!wanted.isEmpty()) {
            Optional<Change> found = TokenNames.find(first, wanted).stream()
                    .flatMap(id ->
                            changes.stream().filter(change -> change.token().first() == id))
                    .findFirst();
            trouble = found.isPresent() ? "" : "“" + wanted + "” is no token that both models have. ";
            chosen = found.orElse(chosen);
        }
        String label = first.tokenizer().piece(chosen.token().first()).label();
        CompareState shown = trouble.isEmpty() ? state.withToken(label) : state; // so that its address says it again
        double mean = changes.stream().mapToDouble(Change::overlap).average().orElse(0);
        Set<String> both = new HashSet<>(TokenLists.labels(first, chosen.nearestFirst()));
        both.retainAll(TokenLists.labels(second, chosen.nearestSecond()));
        String words = String.format(
                Locale.ROOT,
                "%sOf the tokens that are among the %d nearest in either model, by the %s, %.4f are so in both (Jaccard overlap,"
                        + " the mean over %,d common tokens). %s: %.4f.",
                trouble,
                done.k(),
                state.space() == Space.EMBEDDING ? "embedding W_E" : "unembedding W_U",
                mean,
                changes.size(),
                TokenText.of(label),
                chosen.overlap());
        return new Shown(
                shown,
                words,
                TokenLists.changes(first, second, state.withToken(label), changes),
                TokenLists.near(
                        first,
                        "Near " + TokenText.of(label) + " in " + first.name(),
                        state,
                        chosen.token().first(),
                        chosen.nearestFirst(),
                        both),
                TokenLists.near(
                        second,
                        "Near " + TokenText.of(label) + " in " + second.name(),
                        state,
                        chosen.token().second(),
                        chosen.nearestSecond(),
                        both),
                null);
    }

    /** A token to begin with. */
    private static int usual(OpenModel model) {
        return TokenNames.find(model, "·king").orElse(model.config().dVocab() / 2);
    }
}
