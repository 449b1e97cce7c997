package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Rotary;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The rotary positions of the transformers package, in its two generations: up to version 4 {@code rope_theta},
 * {@code partial_rotary_factor} (GPT-NeoX also: {@code rotary_emb_base}, {@code rotary_pct}) and {@code rope_scaling};
 * from version 5 {@code rope_parameters}, which holds all of them. Both may be there if they say the same. A scaling is
 * refused.
 */
final class Rope {

    private static final double USUAL_BASE = 10_000;
    private static final String[] DICTIONARIES = {"rope_parameters", "rope_scaling"};
    private static final Set<String> KNOWN = Set.of("rope_type", "type", "rope_theta", "partial_rotary_factor");

    private Rope() {}

    /** The rotation of a family that turns all dimensions of a head. */
    static Rotary ofWholeHeads(Fields fields, int dHead) {
        String[] shares = names("partial_rotary_factor");
        if (fields.number(1, shares) != 1) {
            throw fields.refused(fields.given(shares).name(), "only 1 is read so far");
        }
        return of(fields, dHead, dHead, names("rope_theta"));
    }

    /**
     * The rotation of a family that turns a part of each head.
     *
     * @param usualShare the share of a head's dimensions that is turned if the file does not say it
     * @param oldBase another name for {@code rope_theta}
     * @param oldShare another name for {@code partial_rotary_factor}
     */
    static Rotary ofPart(Fields fields, int dHead, double usualShare, String oldBase, String oldShare) {
        String[] shares = names("partial_rotary_factor", oldShare);
        int dimensions = (int) (dHead * fields.number(usualShare, shares));
        if (dimensions < 2 || dimensions > dHead || dimensions % 2 != 0) {
            throw fields.refused(
                    fields.given(shares).name(),
                    "of a head's " + dHead + " dimensions it turns " + dimensions
                            + ", expected an even number from 2 to " + dHead);
        }
        return of(fields, dHead, dimensions, names("rope_theta", oldBase));
    }

    private static Rotary of(Fields fields, int dHead, int dimensions, String[] bases) {
        for (String dictionary : DICTIONARIES) {
            refuseScaling(fields, dictionary);
        }
        double base = fields.number(USUAL_BASE, bases);
        if (!(base > 0)) {
            throw fields.refused(fields.given(bases).name(), "expected a positive number");
        }
        if (dHead % 2 != 0) {
            throw new Refusal(
                    "config.json: heads are " + dHead + " wide; rotary positions turn an even number of dimensions");
        }
        return new Rotary(dimensions, base, false);
    }

    private static void refuseScaling(Fields fields, String name) {
        JsonNode dictionary = fields.node(name);
        if (dictionary.isMissingNode() || dictionary.isNull()) {
            return;
        }
        String type = fields.given(name + ".rope_type", name + ".type").value().asString("default");
        boolean more = dictionary.properties().stream()
                .filter(entry -> !KNOWN.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .anyMatch(ConfigFields::says);
        if (!dictionary.isObject() || !type.equals("default") || more) {
            throw fields.refused(name, "only null and the type \"default\", which scales nothing, are read so far");
        }
    }

    /** The places of a number: in a dictionary by the first name, outside of it by all. */
    private static String[] names(String... outside) {
        return Stream.concat(Stream.of(DICTIONARIES).map(name -> name + "." + outside[0]), Stream.of(outside))
                .toArray(String[]::new);
    }
}
