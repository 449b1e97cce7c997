package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as a model reads it: its tokens, cut to the context, with the beginning-of-sequence token in front where the
 * model asks for one.
 *
 * @param tokens the ids the model runs on; at most the context
 * @param pieces what each of them stands for, in the same order
 * @param text the part of the text that the tokens cover; the whole text unless it was cut
 * @param given how many tokens the whole text has, the beginning-of-sequence token included
 * @param unknown the parts of the text that become no token, because the tokenizer does not know them
 */
public record Prompt(int[] tokens, List<Piece> pieces, String text, int given, List<String> unknown) {

    public Prompt {
        pieces = List.copyOf(pieces);
        unknown = List.copyOf(unknown);
    }

    /** The prompt without any token. */
    public static Prompt none() {
        return new Prompt(new int[0], List.of(), "", 0, List.of());
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
                encoding.unknown());
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
                && given == prompt.given;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + text.hashCode();
    }
}
