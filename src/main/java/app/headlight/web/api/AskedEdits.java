package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The edits that a request asks for, checked against the model and the sentence; what is wrong is refused by the number
 * of the edit.
 *
 * @param named as they were asked for, with TransformerLens's names of the sites
 */
record AskedEdits(List<Edit> edits, List<EditRequest> named) {

    private static final Map<String, String> OTHER_NAMES =
            Map.of("head", "result", "head_out", "result", "mlp", "mlp_out");

    AskedEdits {
        edits = List.copyOf(edits);
        named = List.copyOf(named);
    }

    /** @throws Problem naming an edit that cannot be made, or two that change the same entry */
    static AskedEdits of(Laboratory lab, OpenModel model, int[] tokens, List<EditRequest> asked) {
        List<Edit> edits = new ArrayList<>();
        List<Integer> from = new ArrayList<>(); // the number of the request of each edit
        List<EditRequest> named = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            List<Edit> of;
            try {
                of = new One(lab, model, tokens, asked.get(i)).edits();
            } catch (Refusal | Problem refused) {
                String why =
                        refused instanceof Problem problem ? problem.getBody().getDetail() : refused.getMessage();
                throw bad("edits[" + i + "]: " + why);
            }
            for (Edit edit : of) {
                for (int earlier = 0; earlier < edits.size(); earlier++) {
                    if (edits.get(earlier).overlaps(edit)) {
                        throw bad("edits[" + i + "]: it changes what edits[" + from.get(earlier) + "] changes, "
                                + edit.site());
                    }
                }
            }
            of.forEach(edit -> from.add(named.size()));
            edits.addAll(of);
            named.add(asked.get(i).named(of.getFirst().site().hook()));
        }
        return new AskedEdits(edits, named);
    }

    /** @throws Refusal naming what there is, if nothing has this name */
    static Kind kind(String name) {
        return Kind.named(OTHER_NAMES.getOrDefault(name, name))
                .orElseThrow(() -> new Refusal("there is no site “" + name + "”; expected one of "
                        + Arrays.stream(Kind.values())
                                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static Problem bad(String detail) {
        return Problem.bad("Cannot be run", detail);
    }

    /** One request, which is several edits if it means all heads of a layer. */
    private record One(Laboratory lab, OpenModel model, int[] tokens, EditRequest asked) {

        private static final Pattern OF_LAYER = Pattern.compile("blocks\\.(\\d{1,4})\\.(.+)");

        /** What an edit of each kind takes beside its place. */
        private static final Map<String, Set<String>> TAKES = Map.of(
                "zero", Set.of(),
                "mean", Set.of("over"),
                "patch", Set.of("from"),
                "add", Set.of("vector", "direction", "factor"),
                "remove", Set.of("direction"),
                "scale", Set.of("by"),
                "set", Set.of("row", "value", "source"),
                "cut", Set.of("source", "renormalise"),
                "freeze", Set.of("from"));

        private Config config() {
            return model.config();
        }

        List<Edit> edits() {
            String done = needed("do", asked.done());
            Set<String> takes = TAKES.get(done);
            if (takes == null) {
                throw new Refusal("“do” is “" + done + "”; expected one of "
                        + String.join(", ", TAKES.keySet().stream().sorted().toList()));
            }
            asked.particulars().forEach((name, value) -> {
                if (!takes.contains(name)) {
                    throw new Refusal("“" + name + "” has no meaning for “" + done + "”");
                }
            });
            List<Site> sites = sites();
            Kind kind = sites.getFirst().kind();
            if ((done.equals("cut") || done.equals("freeze")) && kind != Kind.PATTERN) {
                throw new Refusal("“" + done + "” is done to a pattern; “site” is “" + asked.site() + "”");
            }
            At at = at(kind);
            return sites.stream().map(site -> edit(done, site, at)).toList();
        }

        private Edit edit(String done, Site site, At at) {
            return switch (done) {
                case "zero" -> new Edit.Zero(site, at);
                case "mean" -> mean(site, at);
                case "add" -> new Edit.Add(site, at, added(site));
                case "remove" -> remove(site, at);
                case "scale" -> new Edit.Scale(site, at, finite("by", needed("by", asked.by())));
                case "set" -> set(site, at);
                case "cut" ->
                    new Edit.Cut(
                            new HeadId(site.layer(), site.head()),
                            needed("destination", asked.destination()),
                            source(site),
                            Boolean.TRUE.equals(asked.renormalise()));
                default -> patch(site, at); // and freeze, which is the same for a pattern
            };
        }

        // ---- where

        private List<Site> sites() {
            String name = needed("site", asked.site());
            Matcher ofLayer = OF_LAYER.matcher(name);
            boolean whole = ofLayer.matches();
            String plain = whole ? ofLayer.group(2) : name;
            Kind kind = kind(plain);
            Integer layer = whole ? Integer.valueOf(ofLayer.group(1)) : null;
            HeadId head = asked.head() == null ? null : HeadId.parse(asked.head());
            layer = same(layer, asked.layer(), name);
            layer = same(layer, head == null ? null : Integer.valueOf(head.layer()), name);
            if (!kind.isByLayer()) {
                if (layer != null) {
                    throw new Refusal("“" + name + "” is there once; “layer” and “head” have no meaning for it");
                }
                return checked(List.of(Site.of(kind)));
            }
            if (layer == null) {
                throw new Refusal(
                        "“" + name + "” is there in each layer; give “layer”" + (kind.isByHead() ? " or “head”" : ""));
            }
            if (!kind.isByHead()) {
                if (head != null) {
                    throw new Refusal("“" + name + "” is shared by the heads of a layer; give “layer” without “head”");
                }
                return checked(List.of(Site.of(kind, layer)));
            }
            int of = layer;
            if (head == null) {
                Site.of(kind, of).check(config());
            }
            return checked(
                    head != null
                            ? List.of(Site.of(kind, head))
                            : IntStream.range(0, config().nHeads())
                                    .mapToObj(h -> new Site(kind, of, h))
                                    .toList());
        }

        private List<Site> checked(List<Site> sites) {
            sites.forEach(site -> site.check(config()));
            return sites;
        }

        private static @Nullable Integer same(@Nullable Integer one, @Nullable Integer other, String site) {
            if (one != null && other != null && !one.equals(other)) {
                throw new Refusal("the layer of “" + site + "” is given as " + one + " and as " + other);
            }
            return one == null ? other : one;
        }

        private At at(Kind kind) {
            Integer row = kind.isSquare() ? asked.destination() : asked.position();
            if (kind.isSquare() && asked.position() != null) {
                throw new Refusal("“position” is given for a site of destinations and sources; give “destination”");
            }
            if (!kind.isSquare() && asked.destination() != null) {
                throw new Refusal("“destination” has no meaning for “" + asked.site() + "”; give “position”");
            }
            return row == null
                    ? At.ALL
                    : At.position(within(kind.isSquare() ? "destination" : "position", row, tokens.length));
        }

        private int source(Site site) {
            int destination = needed("destination", asked.destination());
            int source = within("source", needed("source", asked.source()), tokens.length);
            if (!sees(site, destination, source)) {
                throw new Refusal("destination " + destination + " does not see “source” " + source + " in layer "
                        + site.layer());
            }
            return source;
        }

        private boolean sees(Site site, int destination, int source) {
            return source <= destination && source > (long) destination - config().window(site.layer());
        }

        // ---- what

        private Edit mean(Site site, At at) {
            hasNoInfinity(site);
            JsonNode over = needed("over", asked.over());
            if (over.isString() && over.asString().equals("positions")) {
                return new Edit.Mean(site, at);
            }
            if (!over.isObject() || over.size() != 1 || !over.path("tokens").isArray()) {
                throw new Refusal("“over” is " + over + "; expected \"positions\" or {\"tokens\": [[…], …]}");
            }
            if (site.kind().isSquare()) {
                throw new Refusal("a row of " + site + " is as long as its sentence, so there is no mean over others");
            }
            List<Matrix> values = over.path("tokens")
                    .valueStream()
                    .map(sentence -> lab.values(model, ids(sentence), site))
                    .toList();
            if (values.isEmpty()) {
                throw new Refusal("“over” has no sentence to take a mean over");
            }
            return new Edit.Patch(site, at, repeated(Matrix.meanRow(values)));
        }

        private Edit remove(Site site, At at) {
            hasNoInfinity(site);
            return new Edit.Remove(site, at, wide("direction", asked.direction(), site));
        }

        private static void hasNoInfinity(Site site) {
            if (site.kind() == Kind.SCORES) {
                throw new Refusal("scores are −∞ where a source is not seen, so they have neither a mean nor a part"
                        + " along a direction");
            }
        }

        private int[] ids(JsonNode sentence) {
            if (!sentence.isArray() || !sentence.valueStream().allMatch(JsonNode::isInt)) {
                throw new Refusal("“over” has " + sentence + " for a sentence; expected a list of token ids");
            }
            return new SentenceRequest(
                            null,
                            sentence.valueStream().mapToInt(JsonNode::asInt).toArray())
                    .prompt(model)
                    .tokens();
        }

        private Edit patch(Site site, At at) {
            EditRequest.From from = needed("from", asked.from());
            int[] other = new SentenceRequest(from.text(), from.tokens())
                    .prompt(model)
                    .tokens();
            if (site.kind().isSquare() && other.length != tokens.length) {
                throw new Refusal("“from” has " + other.length + " tokens and the sentence " + tokens.length + "; "
                        + site + " can be taken from as many only");
            }
            Matrix values = lab.values(model, other, site);
            if (from.position() != null && site.kind().isSquare()) {
                throw new Refusal("“position” of “from” has no meaning for " + site
                        + "; a row is taken from its own destination");
            }
            if (from.position() != null) {
                int taken = within("position” of “from", from.position(), other.length);
                return new Edit.Patch(site, at, repeated(values.row(taken)));
            }
            if (at.positions() == null && other.length != tokens.length) {
                throw new Refusal("“from” has " + other.length + " tokens and the sentence " + tokens.length
                        + "; give “position”, or as many tokens");
            }
            if (at.positions() == null || other.length == tokens.length) {
                return new Edit.Patch(site, at, values);
            }
            int here = within("position", at.positions().getFirst(), other.length);
            return new Edit.Patch(site, at, repeated(values.row(here)));
        }

        private List<Float> added(Site site) {
            if ((asked.vector() == null) == (asked.direction() == null)) {
                throw new Refusal("give either “vector” or “direction”");
            }
            float factor = asked.factor() == null ? 1 : finite("factor", asked.factor());
            if (asked.vector() != null) {
                return scaled(wide("vector", asked.vector(), site), factor);
            }
            List<Float> direction = wide("direction", asked.direction(), site);
            double length = Math.sqrt(direction.stream()
                    .mapToDouble(value -> (double) value * value)
                    .sum());
            if (length == 0) {
                throw new Refusal("“direction” is 0");
            }
            return scaled(direction, factor / length);
        }

        private static List<Float> scaled(List<Float> vector, double by) {
            return vector.stream()
                    .map(value -> finite("factor", (float) (value * by)))
                    .toList();
        }

        private Edit set(Site site, At at) {
            if ((asked.row() == null) == (asked.value() == null)) {
                throw new Refusal("give either “row” or “value”");
            }
            if (asked.value() != null) {
                if (!site.kind().isSquare()) {
                    throw new Refusal("“value” is one entry of a pattern or of scores; give “row” for " + site);
                }
                return new Edit.Put(
                        site, needed("destination", asked.destination()), source(site), finite("value", asked.value()));
            }
            if (asked.source() != null) {
                throw new Refusal("“source” has no meaning with “row”");
            }
            List<Float> row = wide("row", asked.row(), site);
            float[] values = new float[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(i);
            }
            if (!site.kind().isSquare()) {
                return new Edit.Patch(site, at, repeated(values));
            }
            int destination = needed("destination", asked.destination());
            for (int s = 0; s < values.length; s++) {
                if (!sees(site, destination, s)) {
                    if (values[s] != 0) {
                        throw new Refusal("“row” has " + values[s] + " for position " + s + ", which destination "
                                + destination + " does not see; expected 0");
                    }
                    values[s] = site.kind() == Kind.SCORES ? Float.NEGATIVE_INFINITY : 0;
                }
            }
            return new Edit.Patch(site, at, repeated(values));
        }

        /** A matrix as large as the site, with the same row at each position. */
        private Matrix repeated(float[] row) {
            return Matrix.ofRows(Collections.nCopies(tokens.length, row));
        }

        // ---- checks

        private List<Float> wide(String name, @Nullable List<Float> given, Site site) {
            List<Float> numbers = needed(name, given);
            int width = site.width(config(), tokens.length);
            if (numbers.size() != width) {
                throw new Refusal("“" + name + "” has " + numbers.size() + " numbers; " + site + " has " + width
                        + " at a position");
            }
            numbers.forEach(number -> finite(name, number));
            return numbers;
        }

        private static float finite(String name, float number) {
            if (!Float.isFinite(number)) {
                throw new Refusal("“" + name + "” has a number that is not finite, or too large");
            }
            return number;
        }

        private static int within(String name, int position, int length) {
            if (position < 0 || position >= length) {
                throw new Refusal("“" + name + "” is " + position + "; expected a position from 0 to " + (length - 1));
            }
            return position;
        }

        private static <T> T needed(String name, @Nullable T value) {
            if (value == null) {
                throw new Refusal("“" + name + "” is missing");
            }
            return value;
        }
    }
}
