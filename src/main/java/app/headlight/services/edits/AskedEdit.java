package app.headlight.services.edits;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a run as somebody asks for it, on a page, in an address or by REST ({@code docs/maths.md},
 * "Interventions"); what is not given is null.
 *
 * @param done what is done: zero, mean, patch, add, remove, scale, set, cut or freeze
 * @param by what only some of these take
 */
public record AskedEdit(Where where, @Nullable String done, Particulars by) {

    /**
     * Where an edit is made.
     *
     * @param site which activation, by its short name or that of TransformerLens's hook
     * @param head as L0H1, of a site that each head has
     * @param layer of a site that each layer has; a layer without a head stands for all of its heads
     * @param position the only position that is edited
     * @param destination the only row of a pattern, or of scores, that is edited
     * @param source the entry of that row that is cut or set
     */
    public record Where(
            @Nullable String site,
            @Nullable String head,
            @Nullable Integer layer,
            @Nullable Integer position,
            @Nullable Integer destination,
            @Nullable Integer source) {

        /** The same with another name of the site, without a layer, which the name of a hook holds. */
        Where named(String hook) {
            return new Where(hook, head, hook.startsWith("blocks.") ? null : layer, position, destination, source);
        }
    }

    /**
     * What only some kinds of edit take.
     *
     * @param over what a mean is taken over
     * @param from whose values are taken
     * @param vector that is added
     * @param direction that is added or removed
     * @param factor of what is added
     * @param scale what the value is multiplied by
     * @param row the new value
     * @param value the new value of one entry
     * @param renormalise whether the rest of a row sums to 1 again after a cut
     */
    public record Particulars(
            @Nullable Over over,
            @Nullable From from,
            @Nullable List<Float> vector,
            @Nullable List<Float> direction,
            @Nullable Float factor,
            @Nullable Float scale,
            @Nullable List<Float> row,
            @Nullable Float value,
            @Nullable Boolean renormalise) {

        static final Particulars NONE = new Particulars(null, null, null, null, null, null, null, null, null);

        public Particulars {
            vector = copy(vector);
            direction = copy(direction);
            row = copy(row);
        }

        private static @Nullable List<Float> copy(@Nullable List<Float> numbers) {
            return numbers == null ? null : List.copyOf(numbers);
        }
    }

    /**
     * What a mean is taken over.
     *
     * @param sentences all positions of these, as token ids; null: the positions of the sentence itself
     */
    public record Over(@Nullable List<List<Integer>> sentences) {

        public static final Over POSITIONS = new Over(null);

        public Over {
            sentences = sentences == null
                    ? null
                    : sentences.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Another run, without edits: a text or tokens; without both the sentence itself.
     *
     * @param position the one position that is taken; null: the position that is edited
     * @param writer whose part alone of what is read is taken, as L0H1: the rest is that of the sentence's own run; null:
     *     all
     */
    public record From(
            @Nullable String text,
            @Nullable List<Integer> tokens,
            @Nullable Integer position,
            @Nullable String writer) {

        /** The run of the sentence itself, without edits. */
        public static final From SAME = new From(null, null, null, null);

        public From {
            tokens = tokens == null ? null : List.copyOf(tokens);
        }

        boolean isSame() {
            return text == null && tokens == null;
        }

        private Map<String, Object> fields(int[] sentence) {
            Map<String, Object> given = new LinkedHashMap<>();
            put(given, "text", text);
            put(given, "tokens", isSame() ? Arrays.stream(sentence).boxed().toList() : tokens);
            put(given, "position", position);
            put(given, "writer", writer);
            return given;
        }
    }

    private static AskedEdit of(String done, Site site, Particulars by) {
        String head = site.head() < 0 ? null : new HeadId(site.layer(), site.head()).toString();
        return new AskedEdit(new Where(site.hook(), head, null, null, null, null), done, by);
    }

    /** All of a site becomes 0; one of all heads of a layer has no head. */
    public static AskedEdit zero(Site site) {
        return of("zero", site, Particulars.NONE);
    }

    /** A site becomes its mean over the positions of the sentence. */
    public static AskedEdit mean(Site site) {
        return of("mean", site, new Particulars(Over.POSITIONS, null, null, null, null, null, null, null, null));
    }

    /** A site is multiplied by a number. */
    public static AskedEdit scale(Site site, float by) {
        return of("scale", site, new Particulars(null, null, null, null, null, by, null, null, null));
    }

    /** A head's pattern is that of the sentence's own run without edits. */
    public static AskedEdit freeze(HeadId head) {
        return of(
                "freeze",
                Site.of(Site.Kind.PATTERN, head),
                new Particulars(null, From.SAME, null, null, null, null, null, null, null));
    }

    /** A site has the values of another sentence's run; at all positions both have as many. */
    public static AskedEdit patch(Site site, String text) {
        return of(
                "patch",
                site,
                new Particulars(null, new From(text, null, null, null), null, null, null, null, null, null, null));
    }

    /** The reader of an edge reads what its writer writes in another sentence's run, which has as many tokens. */
    public static AskedEdit patch(Edge edge, Config config, String text) {
        return of(
                "patch",
                edge.reader().site(config),
                new Particulars(
                        null,
                        new From(text, null, null, edge.writer().name()),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** The same in one row alone: at a position, or of a pattern at a destination. */
    public AskedEdit in(int row) {
        boolean square = where.site != null && EditPlace.isSquare(where.site);
        return square
                ? new AskedEdit(
                        new Where(where.site, where.head, where.layer, where.position, row, where.source), done, by)
                : at(row);
    }

    /** One line of a head is cut. */
    public static AskedEdit cut(HeadId head, int destination, int source, boolean renormalise) {
        return new AskedEdit(
                new Where(Site.of(Site.Kind.PATTERN, head).hook(), head.toString(), null, null, destination, source),
                "cut",
                renormalise ? new Particulars(null, null, null, null, null, null, null, null, true) : Particulars.NONE);
    }

    /** The same at one position alone. */
    public AskedEdit at(int position) {
        return new AskedEdit(
                new Where(where.site, where.head, where.layer, position, where.destination, where.source), done, by);
    }

    /** The same with another name of the site. */
    AskedEdit named(String hook) {
        return new AskedEdit(where.named(hook), done, by);
    }

    /** What is given of what only some kinds of edit take, by its name in requests and addresses. */
    Map<String, Object> particulars() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "source", where.source);
        put(given, "over", by.over);
        put(given, "from", by.from);
        put(given, "vector", by.vector);
        put(given, "direction", by.direction);
        put(given, "factor", by.factor);
        put(given, "by", by.scale);
        put(given, "row", by.row);
        put(given, "value", by.value);
        put(given, "renormalise", by.renormalise);
        return given;
    }

    /**
     * The edit with the fields that REST gives it ({@code docs/rest.md}).
     *
     * @param sentence the tokens that are run, for what is taken from the run of the sentence itself
     */
    public Map<String, Object> fields(int[] sentence) {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "site", where.site);
        put(given, "head", where.head);
        put(given, "layer", where.layer);
        put(given, "position", where.position);
        put(given, "destination", where.destination);
        put(given, "do", done);
        given.putAll(particulars());
        if (by.over != null) {
            given.put("over", by.over.sentences == null ? "positions" : Map.of("tokens", by.over.sentences));
        }
        if (by.from != null) {
            given.put("from", by.from.fields(sentence));
        }
        return given;
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
