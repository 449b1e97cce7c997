package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.TokenNames;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.python.PatchingPython;
import app.headlight.web.view.PatchState;
import app.headlight.web.words.TokenText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sentence of Explore and a second one of as many tokens, to be patched into one another, with the two tokens whose
 * logits are compared after the selected position.
 *
 * @param clean the run of the first, without edits
 * @param corrupt the run of the second
 * @param other the second
 */
record SentencePair(Run clean, Run corrupt, Prompt other, Metric metric) {

    private static final int TRIED = 40;

    /** @throws Refusal if the second sentence cannot be read or has another length, or a token is none of the model's */
    static SentencePair of(Exploration exploration) {
        PatchState asked = exploration.state().patch();
        Run clean = exploration.runsOfSentence().plain();
        Prompt other = Prompt.whole(exploration.model(), asked.other(), null);
        if (other.tokens().length != clean.length()) {
            throw new Refusal("The sentences have " + clean.length() + " and " + other.tokens().length
                    + " tokens; to patch one into the other they need as many. " + apart(exploration, other));
        }
        Run corrupt = exploration.lab().run(exploration.model(), other.tokens());
        int at = exploration.hasDestination() ? exploration.state().destination() : clean.length() - 1;
        int answer = asked.answer().isEmpty()
                ? likeliest(clean, at, -1)
                : TokenNames.id(exploration.model(), asked.answer());
        int wrong = asked.wrong().isEmpty()
                ? likeliest(corrupt, at, answer)
                : TokenNames.id(exploration.model(), asked.wrong());
        if (answer == wrong) {
            throw new Refusal("Both tokens are "
                    + TokenText.of(exploration.piece(answer).label()) + ", so that their logits never differ.");
        }
        return new SentencePair(clean, corrupt, other, new Metric(at, answer, wrong));
    }

    private static int likeliest(Run run, int at, int but) {
        return Prediction.at(run, at).likeliest(2).stream()
                .mapToInt(guess -> guess.token())
                .filter(token -> token != but)
                .findFirst()
                .orElseThrow();
    }

    /** From where on the two are not the same, which is where one of them has more tokens. */
    private static String apart(Exploration exploration, Prompt other) {
        List<Piece> here = exploration.prompt().pieces();
        List<Piece> there = other.pieces();
        int at = 0;
        while (at < Math.min(here.size(), there.size())
                && here.get(at).id() == there.get(at).id()) {
            at++;
        }
        return "From position " + at + " on they read " + read(here, at) + " and " + read(there, at) + ".";
    }

    private static String read(List<Piece> pieces, int from) {
        List<String> labels = pieces.stream()
                .skip(from)
                .limit(6)
                .map(piece -> TokenText.of(piece.label()))
                .toList();
        return labels.isEmpty()
                ? "nothing more"
                : String.join(" | ", labels) + (pieces.size() > from + 6 ? " | …" : "");
    }

    /** The two as Python asks about them. */
    PatchingPython.Pair python(Exploration exploration) {
        return new PatchingPython.Pair(
                exploration.pythonModel(),
                clean.tokens(),
                corrupt.tokens(),
                metric.position(),
                metric.answer(),
                metric.wrong());
    }

    /** The positions at which they have other tokens. */
    List<Integer> differing() {
        List<Integer> differing = new ArrayList<>();
        for (int t = 0; t < clean.length(); t++) {
            if (clean.tokens()[t] != corrupt.tokens()[t]) {
                differing.add(t);
            }
        }
        return differing;
    }

    /**
     * The sentence with another token at a position, of those that the model expects most there, so that nothing else
     * of it changes; empty if none of the first ones can stand there.
     */
    static Optional<String> withAnother(Exploration exploration, int position) {
        Encoding encoding = exploration
                .model()
                .tokenizer()
                .encodeWithSlices(exploration.prompt().text());
        int front =
                exploration.prompt().tokens().length - encoding.pieces().size(); // a token that begins every sentence
        int at = position - front;
        if (position < 1 || at < 0 || at >= encoding.slices().size()) {
            return Optional.empty();
        }
        int[] tokens = exploration.prompt().tokens();
        for (var guess : Prediction.at(exploration.runsOfSentence().plain(), position - 1)
                .likeliest(TRIED)) {
            Piece piece = exploration.piece(guess.token());
            if (guess.token() == tokens[position] || piece.kind() != Piece.Kind.TEXT) {
                continue;
            }
            List<String> slices = new ArrayList<>(encoding.slices());
            slices.set(at, piece.text());
            int[] wanted = tokens.clone();
            wanted[position] = guess.token();
            String text = String.join("", slices);
            if (isReadAs(exploration, text, wanted)) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private static boolean isReadAs(Exploration exploration, String text, int[] tokens) {
        try {
            return Arrays.equals(exploration.model().prompt(text).tokens(), tokens);
        } catch (Refusal unreadable) {
            return false;
        }
    }
}
