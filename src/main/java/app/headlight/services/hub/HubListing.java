package app.headlight.services.hub;

import app.headlight.engine.formats.ShardedWeights;
import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the hub says of a model: {@code GET /api/models/NAME/revision/REVISION?blobs=true}.
 *
 * @param name what the hub calls it now; null if it does not say
 * @param names of all files
 * @param files those whose size and checksum it says
 */
record HubListing(
        @Nullable HubName name,
        String commit,
        @Nullable String licence,
        boolean gated,
        Set<String> names,
        Map<String, HubFile> files) {

    static final String CONFIG = "config.json";
    static final String TOKENIZER = "tokenizer.json";
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    static final String WEIGHTS = "model.safetensors";

    /** The endings of files of weights; only those of safetensors are read. */
    private static final String WEIGHTS_OF_ANY_KIND =
            ".*\\.(safetensors|bin|pt|pth|ckpt|h5|msgpack|ot|gguf|ggml|onnx|npz|nemo)";

    private static final int MOST_NAMED = 5;
    private static final int LONGEST_LICENCE = 100;

    /** @throws Refusal if it is not what the hub answers */
    static HubListing read(byte[] json, HubName asked) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(json);
        } catch (JacksonException broken) {
            throw new Refusal("The hub's answer about " + asked.name() + " cannot be read as JSON", broken);
        }
        String commit = root == null ? "" : root.path("sha").asString("");
        if (root == null
                || !commit.matches("[0-9a-f]{40}")
                || !root.path("siblings").isArray()) {
            throw new Refusal("The hub's answer about " + asked.name()
                    + " is not that of a hub: expected its commit and its files. Is the endpoint right?");
        }
        Set<String> names = new TreeSet<>();
        Map<String, HubFile> files = new HashMap<>();
        for (JsonNode sibling : root.path("siblings")) {
            String name = sibling.path("rfilename").asString("");
            names.add(name);
            HubFile file = file(name, sibling);
            if (file != null) {
                files.put(name, file);
            }
        }
        JsonNode gated = root.path("gated");
        return new HubListing(
                renamed(root.path("id").asString(""), asked),
                commit,
                licence(root),
                gated.isString() || gated.asBoolean(false),
                names,
                files);
    }

    /** @throws Refusal if there is none, or if the hub does not say what is needed to check it */
    HubFile file(String name, HubName model) {
        if (!names.contains(name)) {
            throw new Refusal(model.name() + " has no " + name + "; expected one beside its weights");
        }
        HubFile file = files.get(name);
        if (file == null) {
            throw new Refusal("The hub does not say the size and the checksum of " + name + " of " + model.name()
                    + "; without them it is not fetched");
        }
        return file;
    }

    /**
     * The file of the weights, or the index of their shards.
     *
     * @throws Refusal saying what there is instead
     */
    HubFile weights(HubName model) {
        if (names.contains(WEIGHTS)) {
            return file(WEIGHTS, model);
        }
        if (names.contains(ShardedWeights.INDEX)) {
            return file(ShardedWeights.INDEX, model);
        }
        List<String> others = names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches(WEIGHTS_OF_ANY_KIND))
                .toList();
        throw new Refusal(model.name() + " has no " + WEIGHTS + (others.isEmpty() ? "" : ", only " + some(others))
                + "; expected " + WEIGHTS + ", or " + ShardedWeights.INDEX + " with its shards. No other kind of"
                + " weights is read.");
    }

    /** @throws Refusal naming the shards that are missing */
    List<HubFile> shards(Set<String> named, HubName model) {
        List<String> missing = new ArrayList<>();
        List<HubFile> shards = new ArrayList<>();
        for (String shard : named) {
            if (!HubFile.isName(shard) || !shard.endsWith(".safetensors")) {
                throw new Refusal(ShardedWeights.INDEX + " of " + model.name() + " names the shard “" + shard
                        + "”; expected a name such as model-00001-of-00002.safetensors");
            }
            if (names.contains(shard)) {
                shards.add(file(shard, model));
            } else {
                missing.add(shard);
            }
        }
        if (!missing.isEmpty()) {
            throw new Refusal(ShardedWeights.INDEX + " of " + model.name() + " names "
                    + (missing.size() == 1 ? "a shard that is" : missing.size() + " shards that are") + " missing: "
                    + some(missing));
        }
        return shards;
    }

    private static String some(List<String> names) {
        String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? some : some + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private static @Nullable HubFile file(String name, JsonNode sibling) {
        JsonNode large = sibling.path("lfs");
        Sum.Kind kind = large.isObject() ? Sum.Kind.SHA_256 : Sum.Kind.GIT;
        String hex = (large.isObject() ? large.path("sha256") : sibling.path("blobId")).asString("");
        JsonNode size = (large.has("size") ? large : sibling).path("size");
        boolean isSize = size.isIntegralNumber()
                && size.canConvertToLong()
                && size.asLong() >= 0
                && size.asLong() <= HubFile.MOST_BYTES;
        return HubFile.isName(name) && isSize && Sum.isOne(kind, hex)
                ? new HubFile(name, size.asLong(), new Sum(kind, hex))
                : null;
    }

    /** The hub answers for a model that has moved with its new name. */
    private static @Nullable HubName renamed(String id, HubName asked) {
        try {
            return id.isEmpty() ? null : new HubName(id, asked.revision());
        } catch (Refusal strange) {
            return null;
        }
    }

    /** As the model's card says, or else a tag: {@code license:mit}. */
    private static @Nullable String licence(JsonNode root) {
        JsonNode card = root.path("cardData");
        JsonNode said = card.path("license");
        Stream<JsonNode> all = said.isArray() ? said.valueStream() : Stream.of(said);
        String licence =
                all.map(one -> one.asString("")).filter(one -> !one.isBlank()).collect(Collectors.joining(", "));
        if (licence.isEmpty()) {
            licence = root.path("tags")
                    .valueStream()
                    .map(tag -> tag.asString(""))
                    .filter(tag -> tag.startsWith("license:"))
                    .map(tag -> tag.substring("license:".length()))
                    .collect(Collectors.joining(", "));
        }
        String own = card.path("license_name").asString("");
        String whole = (licence.equals("other") && !own.isBlank() ? own : licence)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
        return whole.isEmpty() ? null : whole.substring(0, Math.min(whole.length(), LONGEST_LICENCE));
    }
}
