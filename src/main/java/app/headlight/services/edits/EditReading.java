package app.headlight.services.edits;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One edit that is asked for, which is several if it means all heads of a layer. */
record EditReading(Laboratory lab, OpenModel model, int[] tokens, AskedEdit asked) {

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

    private EditPlace place() {
        return new EditPlace(model.config(), tokens.length, asked.where());
    }

    List<Edit> edits() {
        String done = Fields.needed("do", asked.done());
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
        List<Site> sites = place().sites();
        Kind kind = sites.getFirst().kind();
        if ((done.equals("cut") || done.equals("freeze")) && kind != Kind.PATTERN) {
            throw new Refusal("“" + done + "” is done to a pattern; “site” is “"
                    + asked.where().site() + "”");
        }
        At at = place().at(kind);
        return sites.stream().map(site -> edit(done, site, at)).toList();
    }

    private Edit edit(String done, Site site, At at) {
        return switch (done) {
            case "zero" -> new Edit.Zero(site, at);
            case "mean" -> mean(site, at);
            case "add" -> new Edit.Add(site, at, added(site));
            case "remove" -> remove(site, at);
            case "scale" ->
                new Edit.Scale(
                        site,
                        at,
                        Fields.finite("by", Fields.needed("by", asked.by().scale())));
            case "set" -> set(site, at);
            case "cut" ->
                new Edit.Cut(
                        new HeadId(site.layer(), site.head()),
                        Fields.needed("destination", asked.where().destination()),
                        place().source(site),
                        Boolean.TRUE.equals(asked.by().renormalise()));
            default -> patch(site, at); // and freeze, which is the same for a pattern
        };
    }

    private Edit mean(Site site, At at) {
        hasNoInfinity(site);
        AskedEdit.Over over = Fields.needed("over", asked.by().over());
        if (over.sentences() == null) {
            return new Edit.Mean(site, at);
        }
        if (site.kind().isSquare()) {
            throw new Refusal("a row of " + site + " is as long as its sentence, so there is no mean over others");
        }
        List<Matrix> values = over.sentences().stream()
                .map(sentence ->
                        lab.values(model, Prompt.whole(model, null, sentence).tokens(), site))
                .toList();
        if (values.isEmpty()) {
            throw new Refusal("“over” has no sentence to take a mean over");
        }
        return new Edit.Patch(site, at, repeated(Matrix.meanRow(values)));
    }

    private Edit remove(Site site, At at) {
        hasNoInfinity(site);
        return new Edit.Remove(site, at, wide("direction", asked.by().direction(), site));
    }

    private static void hasNoInfinity(Site site) {
        if (site.kind() == Kind.SCORES) {
            throw new Refusal("scores are −∞ where a source is not seen, so they have neither a mean nor a part"
                    + " along a direction");
        }
    }

    private Edit patch(Site site, At at) {
        AskedEdit.From from = Fields.needed("from", asked.by().from());
        int[] other = from.isSame()
                ? tokens
                : Prompt.whole(model, from.text(), from.tokens()).tokens();
        if (site.kind().isSquare() && other.length != tokens.length) {
            throw new Refusal("“from” has " + other.length + " tokens and the sentence " + tokens.length + "; " + site
                    + " can be taken from as many only");
        }
        if (from.writer() != null) {
            return partOf(from.writer(), from, other, site, at);
        }
        Matrix values = lab.values(model, other, site);
        if (from.position() != null && site.kind().isSquare()) {
            throw new Refusal(
                    "“position” of “from” has no meaning for " + site + "; a row is taken from its own destination");
        }
        if (from.position() != null) {
            int taken = Fields.within("position” of “from", from.position(), other.length);
            return new Edit.Patch(site, at, repeated(values.row(taken)));
        }
        if (at.positions() == null && other.length != tokens.length) {
            throw new Refusal("“from” has " + other.length + " tokens and the sentence " + tokens.length
                    + "; give “position”, or as many tokens");
        }
        if (at.positions() == null || other.length == tokens.length) {
            return new Edit.Patch(site, at, values);
        }
        int here = Fields.within("position", at.positions().getFirst(), other.length);
        return new Edit.Patch(site, at, repeated(values.row(here)));
    }

    /** What a reader makes of the sentence's own stream, with what one writer writes in another run. */
    private Edit partOf(String writer, AskedEdit.From from, int[] other, Site site, At at) {
        if (from.position() != null) {
            throw new Refusal("“position” of “from” has no meaning with “writer”");
        }
        Edge edge = Edge.into(site, writer, model.config());
        Run here = lab.run(model, tokens);
        Run there = lab.run(model, other);
        return new Edit.Patch(site, at, edge.patched(model.transformer(), here, there));
    }

    private List<Float> added(Site site) {
        if ((asked.by().vector() == null) == (asked.by().direction() == null)) {
            throw new Refusal("give either “vector” or “direction”");
        }
        float factor = asked.by().factor() == null
                ? 1
                : Fields.finite("factor", asked.by().factor());
        if (asked.by().vector() != null) {
            return scaled(wide("vector", asked.by().vector(), site), factor);
        }
        List<Float> direction = wide("direction", asked.by().direction(), site);
        double length = Math.sqrt(
                direction.stream().mapToDouble(value -> (double) value * value).sum());
        if (length == 0) {
            throw new Refusal("“direction” is 0");
        }
        return scaled(direction, factor / length);
    }

    private static List<Float> scaled(List<Float> vector, double by) {
        return vector.stream()
                .map(value -> Fields.finite("factor", (float) (value * by)))
                .toList();
    }

    private Edit set(Site site, At at) {
        if ((asked.by().row() == null) == (asked.by().value() == null)) {
            throw new Refusal("give either “row” or “value”");
        }
        if (asked.by().value() != null) {
            if (!site.kind().isSquare()) {
                throw new Refusal("“value” is one entry of a pattern or of scores; give “row” for " + site);
            }
            return new Edit.Put(
                    site,
                    Fields.needed("destination", asked.where().destination()),
                    place().source(site),
                    Fields.finite("value", asked.by().value()));
        }
        if (asked.where().source() != null) {
            throw new Refusal("“source” has no meaning with “row”");
        }
        List<Float> row = wide("row", asked.by().row(), site);
        float[] values = new float[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        if (!site.kind().isSquare()) {
            return new Edit.Patch(site, at, repeated(values));
        }
        int destination = Fields.needed("destination", asked.where().destination());
        for (int s = 0; s < values.length; s++) {
            if (!place().sees(site, destination, s)) {
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

    private List<Float> wide(String name, @Nullable List<Float> given, Site site) {
        List<Float> numbers = Fields.needed(name, given);
        int width = site.width(model.config(), tokens.length);
        if (numbers.size() != width) {
            throw new Refusal(
                    "“" + name + "” has " + numbers.size() + " numbers; " + site + " has " + width + " at a position");
        }
        numbers.forEach(number -> Fields.finite(name, number));
        return numbers;
    }
}
