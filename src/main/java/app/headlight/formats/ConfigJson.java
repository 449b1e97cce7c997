package app.headlight.formats;

import app.headlight.transformer.Config;
import app.headlight.transformer.Norm;
import app.headlight.transformer.Positions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * config.json by TransformerLens's field names, where what is left out is as there. Fields that say nothing of the
 * forward pass of an attention-only model are passed over; a field of the wrong kind is refused, never guessed at.
 */
final class ConfigJson {

    private static final double USUAL_EPS = 1e-5;

    private ConfigJson() {}

    static Config read(String json) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(json);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("config.json is not JSON: " + broken.getOriginalMessage());
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("config.json is not a JSON object");
        }
        if (!truth(root, "attn_only", true)) {
            throw new IllegalArgumentException("attn_only is false; only attention-only models are read so far");
        }
        return new Config(
                whole(root, "n_layers"),
                whole(root, "d_model"),
                whole(root, "n_heads"),
                whole(root, "d_head"),
                whole(root, "d_vocab"),
                whole(root, "n_ctx"),
                positions(root),
                norm(root),
                number(root, "eps", USUAL_EPS),
                truth(root, "default_prepend_bos", false),
                given(root, "bos_token_id") ? (Integer) whole(root, "bos_token_id") : null);
    }

    static String write(Config config) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("n_layers", config.nLayers());
        root.put("d_model", config.dModel());
        root.put("n_heads", config.nHeads());
        root.put("d_head", config.dHead());
        root.put("d_vocab", config.dVocab());
        root.put("n_ctx", config.nCtx());
        root.put("positional_embedding_type", config.positions().name().toLowerCase(Locale.ROOT));
        root.put("normalization_type", config.norm() == Norm.LN_PRE ? "LNPre" : null);
        root.put("attn_only", true);
        root.put("eps", config.eps());
        root.put("default_prepend_bos", config.prependBos());
        if (config.bosToken() != null) {
            root.put("bos_token_id", config.bosToken());
        }
        // A line feed on every platform: the same configuration is the same file.
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private static Positions positions(JsonNode root) {
        if (root.path("positional_embedding_type").isMissingNode()) {
            return Positions.STANDARD;
        }
        return switch (text(root, "positional_embedding_type")) {
            case "standard" -> Positions.STANDARD;
            case "shortformer" -> Positions.SHORTFORMER;
            case "none" -> Positions.NONE;
            case null, default ->
                throw cannotBe(
                        root,
                        "positional_embedding_type",
                        "\"standard\", \"shortformer\" and \"none\" are read so far");
        };
    }

    private static Norm norm(JsonNode root) {
        if (!given(root, "normalization_type")) {
            return Norm.NONE;
        }
        if (!"LNPre".equals(text(root, "normalization_type"))) {
            throw cannotBe(root, "normalization_type", "null and \"LNPre\" are read so far");
        }
        return Norm.LN_PRE;
    }

    private static int whole(JsonNode root, String field) {
        JsonNode node = root.path(field);
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw cannotBe(root, field, "expected a whole number");
        }
        return node.asInt();
    }

    private static double number(JsonNode root, String field, double otherwise) {
        if (!given(root, field)) {
            return otherwise;
        }
        if (!root.path(field).isNumber()) {
            throw cannotBe(root, field, "expected a number");
        }
        return root.path(field).asDouble();
    }

    private static boolean truth(JsonNode root, String field, boolean otherwise) {
        if (given(root, field) && !root.path(field).isBoolean()) {
            throw cannotBe(root, field, "expected true or false");
        }
        return root.path(field).asBoolean(otherwise);
    }

    private static @Nullable String text(JsonNode root, String field) {
        return root.path(field).isString() ? root.path(field).asString() : null;
    }

    private static boolean given(JsonNode root, String field) {
        return !root.path(field).isMissingNode() && !root.path(field).isNull();
    }

    private static IllegalArgumentException cannotBe(JsonNode root, String field, String expected) {
        JsonNode node = root.path(field);
        return new IllegalArgumentException(
                "config.json: " + field + " is " + (node.isMissingNode() ? "missing" : node) + "; " + expected);
    }
}
