package app.headlight.engine.formats;

import app.headlight.engine.text.ByteOrderMark;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes config.json by TransformerLens's field names, with TransformerLens's defaults. A field of the wrong
 * kind is refused, never guessed; {@link ConfigFields} treats the fields that no run needs.
 */
final class ConfigJson {

    private static final double USUAL_EPS = 1e-5;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ConfigJson() {}

    static ConfigFile read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(ByteOrderMark.strip(json));
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("config.json is not JSON in line "
                    + broken.getLocation().getLineNr() + ": "
                    + broken.getOriginalMessage().replaceFirst("(?s) *\\(start marker.*", ""));
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("config.json is not a JSON object");
        }
        if (!truth(root, "attn_only", false)) {
            throw cannotBe(root, "attn_only", "false", "only attention-only models, true, are read so far");
        }
        Config config = Config.builder()
                .sizes(
                        whole(root, "n_layers"),
                        whole(root, "d_model"),
                        heads(root),
                        whole(root, "d_head"),
                        whole(root, "d_vocab"),
                        whole(root, "n_ctx"))
                .positions(positions(root))
                .norm(norm(root))
                .eps(number(root, "eps", USUAL_EPS))
                .prependBos(truth(root, "default_prepend_bos", true))
                .bosToken(given(root, "bos_token_id") ? (Integer) whole(root, "bos_token_id") : null)
                .build();
        return new ConfigFile(
                config,
                truth(root, "tie_word_embeddings", false),
                ConfigFields.check(root, new HarmlessValues(config, root)));
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
        // Lines end the same way on every platform, so that the same configuration gives the same file.
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
        JsonNode node = root.path("normalization_type");
        if (node.isNull()) {
            return Norm.NONE;
        }
        if (!"LNPre".equals(text(root, "normalization_type"))) {
            throw cannotBe(root, "normalization_type", "\"LN\"", "null and \"LNPre\" are read so far");
        }
        return Norm.LN_PRE;
    }

    /** The number of heads; if the file does not say it, as many as fit into the width. */
    private static int heads(JsonNode root) {
        JsonNode node = root.path("n_heads");
        boolean open = node.isMissingNode() || node.isIntegralNumber() && node.asInt(0) == -1;
        return open ? whole(root, "d_model") / Math.max(1, whole(root, "d_head")) : whole(root, "n_heads");
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
        return cannotBe(root, field, "", expected);
    }

    /** @param usual TransformerLens's default */
    private static IllegalArgumentException cannotBe(JsonNode root, String field, String usual, String expected) {
        JsonNode node = root.path(field);
        String value = node.isMissingNode() ? "missing" : ConfigFields.shown(node);
        String meaning = usual.isEmpty() || given(root, field) ? "" : ", which means " + usual + " in TransformerLens";
        return new IllegalArgumentException("config.json: " + field + " is " + value + meaning + "; " + expected);
    }
}
