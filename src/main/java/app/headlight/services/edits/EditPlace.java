package app.headlight.services.edits;

import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where an edit is asked for: its sites and positions.
 *
 * @param length of the sentence
 */
public record EditPlace(Config config, int length, AskedEdit.Where asked) {

    private static final Pattern OF_LAYER = Pattern.compile("blocks\\.(\\d{1,4})\\.(.+)");

    private static final Map<String, String> OTHER_NAMES =
            Map.of("head", "result", "head_out", "result", "mlp", "mlp_out");

    /** @throws Refusal naming what there is, if nothing has this name */
    public static Kind kind(String name) {
        return Kind.named(OTHER_NAMES.getOrDefault(name, name))
                .orElseThrow(() -> new Refusal("there is no site “" + name + "”; expected one of "
                        + Arrays.stream(Kind.values())
                                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    /** Whether a site, by its name or its hook's, has a row for each destination. */
    static boolean isSquare(String site) {
        Matcher ofLayer = OF_LAYER.matcher(site);
        return kind(ofLayer.matches() ? ofLayer.group(2) : site).isSquare();
    }

    List<Site> sites() {
        String name = Fields.needed("site", asked.site());
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
            Site.of(kind, of).check(config);
        }
        return checked(
                head != null
                        ? List.of(Site.of(kind, head))
                        : IntStream.range(0, config.nHeads())
                                .mapToObj(h -> new Site(kind, of, h))
                                .toList());
    }

    private List<Site> checked(List<Site> sites) {
        sites.forEach(site -> site.check(config));
        return sites;
    }

    private static @Nullable Integer same(@Nullable Integer one, @Nullable Integer other, String site) {
        if (one != null && other != null && !one.equals(other)) {
            throw new Refusal("the layer of “" + site + "” is given as " + one + " and as " + other);
        }
        return one == null ? other : one;
    }

    At at(Kind kind) {
        Integer row = kind.isSquare() ? asked.destination() : asked.position();
        if (kind.isSquare() && asked.position() != null) {
            throw new Refusal("“position” is given for a site of destinations and sources; give “destination”");
        }
        if (!kind.isSquare() && asked.destination() != null) {
            throw new Refusal("“destination” has no meaning for “" + asked.site() + "”; give “position”");
        }
        return row == null
                ? At.ALL
                : At.position(Fields.within(kind.isSquare() ? "destination" : "position", row, length));
    }

    int source(Site site) {
        int destination = Fields.needed("destination", asked.destination());
        int source = Fields.within("source", Fields.needed("source", asked.source()), length);
        if (!sees(site, destination, source)) {
            throw new Refusal(
                    "destination " + destination + " does not see “source” " + source + " in layer " + site.layer());
        }
        return source;
    }

    boolean sees(Site site, int destination, int source) {
        return source <= destination && source > (long) destination - config.window(site.layer());
    }
}
