package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.ByteOrderMark;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.RotaryScaling;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads config.json of any {@link Family}, and writes it by TransformerLens's field names. */
final class ConfigJson {

    /** Names, values and brackets of a configuration at most: a tree of so many takes a few MB. */
    private static final int MOST_TOKENS = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .build();

    private ConfigJson() {}

    static ConfigFile read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(ByteOrderMark.strip(json));
        } catch (StreamConstraintsException tooLarge) {
            throw new Refusal("config.json has more values, levels or digits than a configuration has: "
                    + tooLarge.getOriginalMessage());
        } catch (JacksonException broken) {
            throw new Refusal("config.json is not JSON in line "
                    + broken.getLocation().getLineNr() + ": "
                    + broken.getOriginalMessage().replaceFirst("(?s) *\\(start marker.*", ""));
        }
        if (root == null || !root.isObject()) {
            throw new Refusal("config.json is not a JSON object");
        }
        Family family = family(new Fields(root));
        Fields fields = new Fields(root);
        Config config = family.config(fields);
        return new ConfigFile(config, family, family.traits(fields), ConfigFields.check(family.name(), root, config));
    }

    /** The family that {@code model_type} or else {@code architectures} names; without either, that of the fields. */
    private static Family family(Fields fields) {
        Family ours = Family.ALL.getFirst();
        String type = fields.text("", "model_type");
        List<String> architectures = fields.texts("architectures");
        String architecture = architectures == null || architectures.isEmpty() ? "" : architectures.getFirst();
        boolean sizes = fields.has("n_layers") && fields.has("d_model") && fields.has("d_head");
        if (sizes || type.isEmpty() && architecture.isEmpty() && !fields.has("block_size")) {
            return ours;
        }
        if (type.isEmpty() && architecture.isEmpty()) {
            return Family.ALL.getLast();
        }
        String named = type.isEmpty() ? "architectures" : "model_type";
        Family family = Family.ALL.stream()
                .filter(each -> type.isEmpty()
                        ? each.architectures().contains(architecture)
                        : each.modelType().equalsIgnoreCase(type))
                .findFirst()
                .orElseThrow(() -> fields.refused(
                        named,
                        quoted(Family.ALL.stream()
                                        .filter(each -> each != ours)
                                        .flatMap(each -> type.isEmpty()
                                                ? each.architectures().stream()
                                                : Stream.of(each.modelType())))
                                + " are read so far, and TransformerLens's configurations, which have n_layers, d_model"
                                + " and d_head"));
        if (!architecture.isEmpty() && !family.architectures().contains(architecture)) {
            throw fields.refused(
                    "architectures",
                    "of " + family.name() + ", " + quoted(family.architectures().stream()) + " are read so far");
        }
        return family;
    }

    private static String quoted(Stream<String> names) {
        return names.map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }

    static String write(Config config) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("n_layers", config.nLayers());
        root.put("d_model", config.dModel());
        root.put("n_heads", config.nHeads());
        if (config.nKeyValueHeads() != config.nHeads()) {
            root.put("n_key_value_heads", config.nKeyValueHeads());
        }
        root.put("d_head", config.dHead());
        root.put("d_vocab", config.dVocab());
        root.put("n_ctx", config.nCtx());
        root.put("positional_embedding_type", config.positions().name().toLowerCase(Locale.ROOT));
        if (config.rotary() != null) {
            root.put("rotary_dim", config.rotary().dimensions());
            root.put("rotary_base", config.rotary().base());
            root.put("rotary_adjacent_pairs", config.rotary().adjacentPairs());
            writeScaling(config.rotary().scaling(), root);
        }
        root.put("normalization_type", norm(config.norm()));
        if (config.finalRms()) {
            root.put("final_rms", true);
        }
        root.put("attn_only", config.mlp() == null);
        if (config.mlp() != null) {
            root.put("d_mlp", config.mlp().dMlp());
            root.put("act_fn", config.mlp().activation().name().toLowerCase(Locale.ROOT));
            root.put("gated_mlp", config.mlp().gated());
            root.put("parallel_attn_mlp", config.parallel());
            if (config.mlp().biasedFactors()) {
                root.put("mlp_bias", true);
            }
        }
        writeScores(config, root);
        root.put("eps", config.eps());
        root.put("default_prepend_bos", config.prependBos());
        if (config.bosToken() != null) {
            root.put("bos_token_id", config.bosToken());
        }
        // Lines end the same way on every platform, so that the same configuration gives the same file.
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    /** By the names of TransformerLens 3. */
    private static void writeScaling(RotaryScaling scaling, ObjectNode root) {
        switch (scaling) {
            case RotaryScaling.None none -> {}
            case RotaryScaling.Linear linear -> root.put("rotary_scaling_factor", linear.factor());
            case RotaryScaling.ByParts parts -> {
                root.put("use_NTK_by_parts_rope", true);
                root.put("NTK_by_parts_factor", parts.factor());
                root.put("NTK_by_parts_low_freq_factor", parts.fewTurns());
                root.put("NTK_by_parts_high_freq_factor", parts.manyTurns());
                root.put("NTK_original_ctx_len", parts.context());
            }
        }
    }

    /** What is not as in most models. */
    private static void writeScores(Config config, ObjectNode root) {
        if (config.attnScale() != Math.sqrt(config.dHead())) {
            root.put("attn_scale", config.attnScale());
        }
        if (config.scaleByInverseLayer()) {
            root.put("scale_attn_by_inverse_layer_idx", true);
        }
        if (config.scoresSoftCap() > 0) {
            root.put("attn_scores_soft_cap", config.scoresSoftCap());
        }
        if (config.logitsSoftCap() > 0) {
            root.put("output_logits_soft_cap", config.logitsSoftCap());
        }
        if (!config.windowLayers().isEmpty()) {
            root.put("use_local_attn", true);
            root.put("window_size", config.window());
            ArrayNode types = root.putArray("attn_types");
            for (int l = 0; l < config.nLayers(); l++) {
                types.add(config.windowLayers().contains(l) ? "local" : "global");
            }
        }
    }

    /** TransformerLens's name of a norm. */
    static @Nullable String norm(Norm norm) {
        return switch (norm) {
            case NONE -> null;
            case LN -> "LN";
            case LN_PRE -> "LNPre";
            case RMS -> "RMS";
            case RMS_PRE -> "RMSPre";
        };
    }
}
