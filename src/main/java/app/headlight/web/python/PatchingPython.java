package app.headlight.web.python;

import app.headlight.services.models.OpenModel;
import app.headlight.web.component.Heatmap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Patches between two sentences, which this server makes: by place, by edge, and circuits of the strongest edges. */
public final class PatchingPython {

    private PatchingPython() {}

    /**
     * Two sentences and what is measured.
     *
     * @param position of the logits
     */
    public record Pair(PythonModel model, int[] clean, int[] corrupt, int position, int answer, int wrong) {

        /** Whether REST has the model: it has finished ones alone. */
        boolean isPossible() {
            return model.open().step() == OpenModel.FINISHED;
        }

        Snippet begin(String what) {
            return model.rest(what).add("""
                            pair = {
                                "clean": {"tokens": %s},
                                "corrupt": {"tokens": %s},
                                "answer": %d,
                                "wrong": %d,
                                "position": %d,
                            }
                            """, Literal.of(clean), Literal.of(corrupt), answer, wrong, position);
        }

        /** The same the other way round. */
        public Pair reversed() {
            return new Pair(model, corrupt, clean, position, answer, wrong);
        }
    }

    /** The axes of a map. */
    public enum By {
        POSITION,
        HEAD,
        HEAD_POSITION
    }

    /**
     * The map of patches of a site.
     *
     * @param site as REST names it
     * @param denoise whether the corrupt run is patched with parts of the clean one
     */
    public static @Nullable String map(
            Pair pair, String site, By by, boolean denoise, Heatmap.Axis down, Heatmap.Axis across, String figure) {
        if (!pair.isPossible()) {
            return null;
        }
        Snippet snippet = pair.begin("Patching " + site + " by " + by.name().toLowerCase(Locale.ROOT))
                .add(
                        "asked = {**pair, \"site\": %s, \"by\": %s, \"direction\": %s}",
                        Literal.of(site),
                        Literal.of(by.name().toLowerCase(Locale.ROOT)),
                        Literal.of(denoise ? "denoise" : "noise"))
                .add("values = np.array(json.loads(ask(\"patching\", asked))[\"recovered\"])")
                .addIf(
                        by == By.HEAD_POSITION,
                        "values = values.transpose(0, 2, 1).reshape(-1, values.shape[1])  # a row a head");
        return snippet.heatmap(down, across, figure);
    }

    /**
     * The map of edges.
     *
     * @param pair the sentence that is run as the clean one, that which edges are taken from as the corrupt one
     */
    public static @Nullable String edges(Pair pair, Heatmap.Axis writers, Heatmap.Axis readers, String figure) {
        if (!pair.isPossible()) {
            return null;
        }
        Snippet snippet = pair.begin("Patching one edge")
                .add("found = json.loads(ask(\"edges\", {**pair, \"method\": \"exact\"}))")
                .add("difference = found[\"corrupt_metric\"] - found[\"clean_metric\"]")
                .add("writers = %s", Literal.of(names(writers)))
                .add("readers = %s", Literal.of(names(readers)))
                .add("""
                        values = np.array([
                            [found["edges"].get(f"{writer}->{reader}", math.nan) / difference for reader in readers]
                            for writer in writers
                        ])""");
        return snippet.heatmap(writers, readers, figure);
    }

    private static List<String> names(Heatmap.Axis axis) {
        return axis.names().stream().map(Heatmap.Name::label).toList();
    }

    /**
     * What circuits of the strongest edges keep.
     *
     * @param sizes how many edges each has
     */
    public static @Nullable String circuits(Pair pair, int[] sizes, List<String> header) {
        if (!pair.isPossible()) {
            return null;
        }
        Snippet snippet = pair.begin("Circuits of the strongest edges")
                .add("effects = json.loads(ask(\"edges\", {**pair, \"method\": \"exact\"}))[\"edges\"]")
                .add("strongest = sorted(effects, key=lambda edge: -abs(effects[edge]))")
                .add("rows = []")
                .add("for size in %s:", Arrays.toString(sizes))
                .add("    kept = json.loads(ask(\"circuit\", {**pair, \"keep\": strongest[:size]}))")
                .add("    others = json.loads(ask(\"circuit\", {**pair, \"drop\": strongest[:size]}))")
                .add(
                        "    rows.append((str(size), kept[\"metric\"], kept[\"faithfulness\"], others[\"faithfulness\"]))");
        return snippet.table(header);
    }
}
