package app.headlight.web.python;

import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Circuit search over pairs of sentences. */
public final class SearchPython {

    private SearchPython() {}

    /**
     * A pair with what is shown of it.
     *
     * @param half whether circuits are found on it
     * @param shown clean and corrupt sentence, answer and wrong token, as texts
     */
    public record Pair(String half, List<String> shown, int[] clean, int[] corrupt, int answer, int wrong) {}

    /** The table of pairs, with the difference of the two logits in both runs. */
    public static String pairs(PythonModel model, List<Pair> pairs, List<String> header) {
        List<String> tuples = new ArrayList<>();
        for (Pair pair : pairs) {
            tuples.add("    (%s, %s, %s, %s, %d, %d),"
                    .formatted(
                            Literal.of(pair.half()),
                            Literal.of(pair.shown()),
                            Literal.of(pair.clean()),
                            Literal.of(pair.corrupt()),
                            pair.answer(),
                            pair.wrong()));
        }
        Snippet snippet = model.lens("Pairs of sentences")
                .add(
                        "pairs = [  # half, texts, clean and corrupt tokens, answer, wrong token\n%s\n]",
                        String.join("\n", tuples))
                .add("""
                        rows = []
                        for half, shown, clean, corrupt, answer, wrong in pairs:
                            ends = [model(torch.tensor([tokens]))[0, -1] for tokens in (clean, corrupt)]
                            rows.append((half, *shown, *((logits[answer] - logits[wrong]).item() for logits in ends)))
                        """);
        return snippet.table(header);
    }

    /**
     * The strongest edges by one method, as the mean over the pairs where circuits are found.
     *
     * @param method as REST names it
     * @param metric likewise
     * @param kept how many
     */
    public static @Nullable String edges(
            PythonModel model, List<Pair> pairs, String method, String metric, int kept, String figure) {
        if (model.open().step() != OpenModel.FINISHED) {
            return null;
        }
        List<String> tuples = new ArrayList<>();
        for (Pair pair : pairs) {
            tuples.add("    (%s, %s, %d, %d),"
                    .formatted(Literal.of(pair.clean()), Literal.of(pair.corrupt()), pair.answer(), pair.wrong()));
        }
        boolean difference = metric.equals("logit_diff");
        Snippet snippet = model.rest("The strongest edges by " + method)
                .add("pairs = [  # clean and corrupt tokens, answer, wrong token\n%s\n]", String.join("\n", tuples))
                .add("effects = {}")
                .add("for clean, corrupt, answer, wrong in pairs:")
                .add(
                        "    asked = {\"clean\": {\"tokens\": clean}, \"corrupt\": {\"tokens\": corrupt}, \"method\": %s, \"metric\": %s}",
                        Literal.of(method), Literal.of(metric))
                .addIf(difference, "    asked |= {\"answer\": answer, \"wrong\": wrong}")
                .add("    for edge, effect in json.loads(ask(\"edges\", asked))[\"edges\"].items():")
                .add("        effects[edge] = effects.get(edge, 0) + effect / len(pairs)")
                .add("rows = []")
                .add("for edge in sorted(effects, key=lambda edge: -abs(effects[edge]))[:%d]:", kept)
                .add("    writer, reader = edge.split(\"->\")")
                .add("    rows.append((edge, writer, *(reader.split(\".\") + [\"\"])[:2], effects[edge]))");
        return snippet.table("edge", "writer", "reader", "by", figure);
    }
}
