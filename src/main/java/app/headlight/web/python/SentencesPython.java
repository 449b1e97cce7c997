package app.headlight.web.python;

import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A head over many sentences, which this server measures. */
public final class SentencesPython {

    private SentencesPython() {}

    /**
     * A head and the sentences.
     *
     * @param texts of the sentences
     * @param tokens of the sentences, in the same order
     */
    public record Over(PythonModel model, HeadId head, List<String> texts, List<List<Integer>> tokens) {

        /** Null where REST has no such model: it has finished ones alone. */
        private @Nullable Snippet begin() {
            return model.open().step() != OpenModel.FINISHED
                    ? null
                    : model.rest(head + " over many sentences")
                            .add("texts = %s", Literal.of(texts))
                            .add("tokens = %s", Literal.of(tokens))
                            .add(
                                    "asked = {\"head\": %s, \"sentences\": [{\"tokens\": each} for each in tokens]}",
                                    Literal.of(head.toString()))
                            .add("found = json.loads(ask(\"over-sentences\", asked))");
        }
    }

    /**
     * The table of all quantities.
     *
     * @param names of the quantities, in the same order
     */
    public static @Nullable String quantities(Over over, List<String> names, List<Asked> all, List<String> header) {
        Snippet snippet = over.begin();
        if (snippet == null) {
            return null;
        }
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            kinds.add("(" + Literal.of(names.get(i)) + ", " + found(all.get(i)) + ")");
        }
        return snippet.add("kinds = %s", Literal.list(kinds))
                .add("rows = [")
                .add(
                        "    (name, each[\"mean\"], each[\"deviation\"], each[\"least\"], each[\"most\"], str(each[\"count\"]))")
                .add("    for name, each in kinds")
                .add("]")
                .table(header);
    }

    /** The table of how one quantity spreads. */
    public static @Nullable String spread(Over over, Asked asked, List<String> header) {
        Snippet snippet = over.begin();
        return snippet == null
                ? null
                : snippet.add("values = %s[\"values\"]", found(asked))
                        .add("rows = [")
                        .add("    (str(i + 1), text, value)")
                        .add("    for i, (text, value) in enumerate(zip(texts, values))")
                        .add("    if value is not None")
                        .add("]")
                        .table(header);
    }

    /**
     * The table of all sentences.
     *
     * @param labels of the tokens that are likeliest after them
     */
    public static @Nullable String sentences(Over over, Asked asked, Map<Integer, String> labels, List<String> header) {
        Snippet snippet = over.begin();
        return snippet == null
                ? null
                : snippet.add("values = %s[\"values\"]", found(asked))
                        .add("labels = %s  # of this model's tokens", Literal.of(labels))
                        .add("rows = [")
                        .add("    (str(i + 1), text, value, labels[top])")
                        .add("    for i, (text, value, top) in enumerate(zip(texts, values, found[\"top\"]))")
                        .add("]")
                        .table(header);
    }

    private static String found(Asked asked) {
        String quantity = asked.quantity().name().toLowerCase(Locale.ROOT);
        return asked.quantity() == Quantity.ATTENTION
                ? "found[\"" + quantity + "\"][\"" + asked.role().name().toLowerCase(Locale.ROOT) + "\"]"
                : "found[\"" + quantity + "\"]";
    }
}
