package app.headlight.web.python;

import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.component.RankedTokens.Row;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is told of the selected token and line: the likeliest next tokens, and the tokens that a line raises and lowers. */
public final class InspectorPython {

    private InspectorPython() {}

    /** The likeliest tokens after a position. */
    public static String next(PythonRun run, int position, Ranking shown) {
        Snippet snippet = run.begin("The likeliest tokens after position " + position)
                .add("logits, cache = %s", run.isEdited() ? "run(edits)" : "model.run_with_cache(tokens)")
                .add("labels = %s", labels(shown))
                .add("probability = logits[0, %d].double().softmax(-1)", position)
                .add(
                        "likeliest = probability.topk(%d).indices.tolist()",
                        shown.rows().size())
                .add("rows = [(labels.get(id, \"\"), id, probability[id].item(), \"\") for id in likeliest]");
        return snippet.table("token", "id", shown.unit(), "rank");
    }

    /**
     * The tokens whose logits one entry of a pattern raises and lowers most, over the mean of all.
     *
     * @return null for a virtual head and in a run with edits
     */
    public static @Nullable String line(PythonRun run, List<HeadId> heads, int destination, int source, Ranking shown) {
        if (run.isEdited() || heads.size() > 1) {
            return null;
        }
        HeadId head = heads.getFirst();
        Norm norm = run.config().finalNorm();
        int group = run.config().nHeads() / run.config().nKeyValueHeads();
        Snippet snippet = run.begin("What " + head + " adds from position " + source + " to " + destination);
        run.scale(snippet);
        snippet.add("\n\nlogits, cache = model.run_with_cache(tokens)")
                .add(
                        "written = cache[\"v\", %1$d][0, %2$d, %3$d] @ model.blocks[%1$d].attn.W_O[%4$d]",
                        head.layer(), source, head.head() / group, head.head())
                .addIf(norm.isCentred(), "written = written - written.mean()")
                .addIf(norm.isWeighted(), "written = written * model.ln_final.w")
                .addIf(
                        norm != Norm.NONE,
                        "written = written / %s(%s)[%d]",
                        run.finalScale(),
                        run.lastStream(),
                        destination)
                .add(
                        "added = (cache[\"pattern\", %d][0, %d, %d, %d] * written @ model.W_U).double()",
                        head.layer(), head.head(), destination, source)
                .add("added = added - added.mean()")
                .add("labels = %s", labels(shown))
                .add("raised = added.topk(%d).indices.tolist()", shown.rows().size())
                .add(
                        "lowered = added.topk(%d, largest=False).indices.tolist()",
                        shown.lowest().size())
                .add("rows = [(labels.get(id, \"\"), id, added[id].item(), \"\") for id in raised + lowered]");
        return snippet.table("token", "id", shown.unit(), "rank");
    }

    /** A dictionary of the labels of a table by their ids. */
    static String labels(Ranking shown) {
        return Stream.concat(shown.rows().stream(), shown.lowest().stream())
                .collect(Collectors.toMap(Row::id, Row::label, (one, same) -> one, TreeMap::new))
                .entrySet()
                .stream()
                .map(entry -> Literal.of(entry.getKey()) + ": " + Literal.of(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
