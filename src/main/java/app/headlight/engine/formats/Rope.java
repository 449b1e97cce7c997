package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.RotaryScaling;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The rotary positions of the transformers package, in its two generations: up to version 4 {@code rope_theta},
 * {@code partial_rotary_factor} (GPT-NeoX also: {@code rotary_emb_base}, {@code rotary_pct}) and {@code rope_scaling};
 * from version 5 {@code rope_parameters}, which holds all of them. Both may be there if they say the same. Of the scalings
 * those are read that are the same whatever the length of a text: linear, and that of Llama 3.
 */
final class Rope {

    private static final double USUAL_BASE = 10_000;
    private static final String[] DICTIONARIES = {"rope_parameters", "rope_scaling"};
    private static final Set<String> OF_EVERY_TYPE = Set.of("rope_type", "type", "rope_theta", "partial_rotary_factor");

    /** The further fields of each type of scaling, all of which must be there. */
    private static final Map<String, List<String>> OF_TYPE = Map.of(
            "default", List.of(),
            "linear", List.of("factor"),
            "llama3", List.of("factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"));

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
            refuseOthers(fields, dictionary);
        }
        double base = fields.number(USUAL_BASE, bases);
        if (!(base > 0)) {
            throw fields.refused(fields.given(bases).name(), "expected a positive number");
        }
        if (dHead % 2 != 0) {
            throw new Refusal(
                    "config.json: heads are " + dHead + " wide; rotary positions turn an even number of dimensions");
        }
        return new Rotary(dimensions, base, false, scaling(fields));
    }

    /** By the fields of TransformerLens 3, of which version 2 has those of Llama 3's. */
    static RotaryScaling ofTransformerLens(Fields fields) {
        double factor = fields.number(1, "rotary_scaling_factor");
        double byParts = fields.number(8, "NTK_by_parts_factor");
        double fewTurns = fields.number(1, "NTK_by_parts_low_freq_factor");
        double manyTurns = fields.number(4, "NTK_by_parts_high_freq_factor");
        double context = fields.number(8192, "NTK_original_ctx_len");
        if (!fields.truth(false, "use_NTK_by_parts_rope")) {
            return factor == 1 ? RotaryScaling.NONE : new RotaryScaling.Linear(factor);
        }
        if (factor != 1) {
            throw fields.contradiction(
                    "use_NTK_by_parts_rope", "rotary_scaling_factor", "expected one of the two scalings");
        }
        return new RotaryScaling.ByParts(byParts, fewTurns, manyTurns, context);
    }

    private static RotaryScaling scaling(Fields fields) {
        return switch (type(fields, DICTIONARIES)) {
            case "linear" -> new RotaryScaling.Linear(number(fields, "factor"));
            case "llama3" ->
                new RotaryScaling.ByParts(
                        number(fields, "factor"),
                        number(fields, "low_freq_factor"),
                        number(fields, "high_freq_factor"),
                        number(fields, "original_max_position_embeddings"));
            default -> RotaryScaling.NONE;
        };
    }

    /** The type that one or several dictionaries name. */
    private static String type(Fields fields, String... dictionaries) {
        return fields.given(Stream.of(dictionaries)
                        .flatMap(name -> Stream.of(name + ".rope_type", name + ".type"))
                        .toArray(String[]::new))
                .value()
                .asString("default");
    }

    private static double number(Fields fields, String name) {
        return fields.number(
                Double.NaN,
                Stream.of(DICTIONARIES).map(each -> each + "." + name).toArray(String[]::new));
    }

    private static void refuseOthers(Fields fields, String name) {
        JsonNode dictionary = fields.node(name);
        if (dictionary.isMissingNode() || dictionary.isNull()) {
            return;
        }
        List<String> needed = OF_TYPE.get(type(fields, name));
        boolean more = dictionary.properties().stream()
                .filter(entry -> !OF_EVERY_TYPE.contains(entry.getKey()))
                .filter(entry -> needed == null || !needed.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .anyMatch(ConfigFields::says);
        if (!dictionary.isObject() || needed == null || more || !needed.stream().allMatch(dictionary::hasNonNull)) {
            throw fields.refused(
                    name,
                    "null and these types are read so far: \"default\", which scales nothing; \"linear\" with factor;"
                            + " \"llama3\" with factor, low_freq_factor, high_freq_factor and"
                            + " original_max_position_embeddings");
        }
    }

    /** The places of a number: in a dictionary by the first name, outside of it by all. */
    private static String[] names(String... outside) {
        return Stream.concat(Stream.of(DICTIONARIES).map(name -> name + "." + outside[0]), Stream.of(outside))
                .toArray(String[]::new);
    }
}
