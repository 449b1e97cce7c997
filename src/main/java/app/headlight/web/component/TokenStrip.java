package app.headlight.web.component;

import app.headlight.engine.text.Piece;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tokens of the sentence, one box for each, underlined by loss. */
@Tag("headlight-token-strip")
@JsModule("./token-strip/token-strip.ts")
public class TokenStrip extends LitComponent<TokenStrip.Tokens> {

    /**
     * The sentence, and how well the model predicts it.
     *
     * @param surprise for each token the loss of predicting it from those before it, in nats, or by how much edits change
     *     that; null for the first
     * @param rank for each token the model's rank for it, 1 being its first guess; null for the first. Empty, as
     *     {@code surprise} and {@code next}, where nothing is known of what the model foresees
     * @param next for each token the likeliest ones to follow it
     * @param before the probability that each of those has without edits; empty if nothing is edited
     * @param change whether {@code surprise} is a change
     * @param context how many tokens the model takes
     * @param given how many tokens the text had before it was cut
     * @param continued how many of the tokens, at the end, are the model's own
     * @param weights what the destination gives to each token, by which they are shaded; the strip is then a passage to
     *     read, and nothing of it can be selected. Null where it is the sentence of the page
     */
    public record Tokens(
            List<Token> tokens,
            List<@Nullable Double> surprise,
            List<@Nullable Integer> rank,
            List<List<Guess>> next,
            List<List<Double>> before,
            boolean change,
            int context,
            int given,
            int continued,
            @Nullable List<Double> weights) {

        /** The sentence of the page, with what the model foresees. */
        public Tokens(
                List<Token> tokens,
                List<@Nullable Double> surprise,
                List<@Nullable Integer> rank,
                List<List<Guess>> next,
                List<List<Double>> before,
                boolean change,
                int context,
                int given,
                int continued) {
            this(tokens, surprise, rank, next, before, change, context, given, continued, null);
        }

        /** Tokens of which nothing is known that a model would foresee. */
        public static Tokens alone(List<Token> tokens) {
            return shaded(tokens, null);
        }

        /** A passage to read, shaded by what one of its tokens gives to each. */
        public static Tokens shaded(List<Token> tokens, @Nullable List<Double> weights) {
            int length = tokens.size();
            return new Tokens(tokens, List.of(), List.of(), List.of(), List.of(), false, length, length, 0, weights);
        }
    }

    /**
     * A token of the sentence.
     *
     * @param id in the vocabulary; null if it is not known
     * @param kind text, byte, unknown or special
     */
    public record Token(@Nullable Integer id, String label, String kind) {

        /** As it is shown. */
        public static Token of(Piece piece) {
            return new Token(piece.id(), piece.label(), piece.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A token that the model predicts, with its probability.
     *
     * @param p probability
     */
    public record Guess(int id, String label, double p) {}

    public void select(int destination, int source) {
        getElement().setProperty("destination", destination);
        getElement().setProperty("source", source);
    }

    public Registration addTokenSelectListener(ComponentEventListener<TokenSelectEvent> listener) {
        return addListener(TokenSelectEvent.class, listener);
    }
}
