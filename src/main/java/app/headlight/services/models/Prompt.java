package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text as a model reads it: its tokens, cut to the context, with the beginning-of-sequence token in front where the
 * model asks for one.
 *
 * @param tokens the ids the model runs on; at most the context
 * @param pieces what each of them stands for, in the same order
 * @param text the part of the text that the tokens cover; the whole text unless it was cut
 * @param given how many tokens the whole text has, the beginning-of-sequence token included
 * @param unknown the parts of the text that become no token, because the tokenizer does not know them
 * @param continued how many of the tokens, at the end, are the model's own and not the text's
 */
public record Prompt(int[] tokens, List<Piece> pieces, String text, int given, List<String> unknown, int continued) {

    public Prompt {
        pieces = List.copyOf(pieces);
        unknown = List.copyOf(unknown);
    }

    /** The prompt without any token. */
    public static Prompt none() {
        return new Prompt(new int[0], List.of(), "", 0, List.of(), 0);
    }

    public boolean isEmpty() {
        return tokens.length == 0;
    }

    public boolean isCut() {
        return given > tokens.length;
    }

    static Prompt of(OpenModel model, String text) {
        if (text.length() > model.longestText()) {
            throw new Refusal(String.format(
                    "the text has %,d characters; %s takes %,d tokens, and reads texts of %,d characters at most",
                    text.length(), model.name(), model.config().nCtx(), model.longestText()));
        }
        Encoding encoding = model.tokenizer().encodeWithSlices(text);
        if (encoding.pieces().isEmpty() && !text.isBlank()) {
            throw new Refusal(Unknown.words(
                    encoding.unknown().isEmpty() ? List.of(text.strip()) : encoding.unknown(), model.name()));
        }
        encoding.pieces().forEach(piece -> Unknown.refuseBeyond(model, piece));
        List<Piece> pieces = new ArrayList<>();
        Integer bos = model.config().beginning();
        if (bos != null) {
            pieces.add(model.tokenizer().piece(bos));
        }
        int front = pieces.size();
        int given = front + encoding.pieces().size();
        int kept = Math.min(given, model.config().nCtx());
        pieces.addAll(encoding.pieces().subList(0, kept - front));
        int[] tokens = pieces.stream().mapToInt(Piece::id).toArray();
        return new Prompt(
                tokens,
                pieces,
                kept == given ? text : String.join("", encoding.slices().subList(0, kept - front)),
                given,
                encoding.unknown(),
                0);
    }

    /**
     * All of a text, or of some tokens: what is too long, or unknown, is refused rather than cut.
     *
     * @throws Refusal naming what cannot be read; also if both are given, or none
     */
    public static Prompt whole(OpenModel model, @Nullable String text, @Nullable List<Integer> tokens) {
        if ((text == null) == (tokens == null)) {
            throw new Refusal("Give either “text” or “tokens”.");
        }
        Prompt prompt = tokens == null ? model.prompt(Objects.requireNonNull(text)) : ofTokens(model, tokens);
        if (prompt.isEmpty()) {
            throw new Refusal("There is no token to run on: the text is empty.");
        }
        if (!prompt.unknown().isEmpty()) {
            throw new Refusal(prompt.unknownTo(model));
        }
        if (prompt.isCut()) {
            throw new Refusal("There are " + prompt.given() + " tokens; " + model.name() + " takes "
                    + model.config().nCtx() + " at most.");
        }
        return prompt;
    }

    private static Prompt ofTokens(OpenModel model, List<Integer> tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= model.config().dVocab()) {
                throw new Refusal("There is no token " + token + "; the vocabulary of " + model.name()
                        + " has ids 0 to " + (model.config().dVocab() - 1) + ".");
            }
        }
        int[] kept = tokens.stream()
                .limit(model.config().nCtx())
                .mapToInt(Integer::intValue)
                .toArray();
        List<Piece> pieces =
                Arrays.stream(kept).mapToObj(model.tokenizer()::piece).toList();
        return new Prompt(kept, pieces, "", tokens.size(), List.of(), 0);
    }

    /** How many tokens more the model takes. */
    public int room(OpenModel model) {
        return model.config().nCtx() - tokens.length;
    }

    /** With tokens of the model's own after it. */
    public Prompt continued(OpenModel model, List<Integer> more) {
        List<Piece> all = new ArrayList<>(pieces);
        more.forEach(token -> all.add(model.tokenizer().piece(token)));
        int[] ids = all.stream().mapToInt(Piece::id).toArray();
        return new Prompt(ids, all, text, given + more.size(), unknown, continued + more.size());
    }

    /** A sentence for people about the parts of the text that became no token. */
    public String unknownTo(OpenModel model) {
        return Unknown.words(unknown, model.name());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prompt prompt
                && Arrays.equals(tokens, prompt.tokens)
                && text.equals(prompt.text)
                && given == prompt.given
                && continued == prompt.continued;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + text.hashCode();
    }
}
