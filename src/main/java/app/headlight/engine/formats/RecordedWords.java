package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the file of a recorded run says in {@code __metadata__}: the text of each token, and what else is known.
 *
 * @param ids the tokens in the model's vocabulary; null if they are not given
 * @param causal whether the model is said to be causal; null if nothing is said
 */
record RecordedWords(
        List<String> tokens,
        int @Nullable [] ids,
        String name,
        String model,
        @Nullable Boolean causal) {

    /** The most tokens of a run. */
    static final int MOST_TOKENS = 2048;

    private static final int LONGEST_TOKEN = 1_000;
    private static final int LONGEST_NAME = 100;

    /** @param unused gathers what is said and not used */
    static RecordedWords read(Map<String, String> metadata, Set<String> unused) {
        metadata.keySet().stream()
                .filter(key -> !Set.of("tokens", "ids", "name", "model", "causal", "format")
                        .contains(key)) // the last is a mark of the safetensors package
                .forEach(key -> unused.add("metadata “" + shortened(key) + "”"));
        List<String> tokens = tokens(metadata.get("tokens"));
        String ids = metadata.get("ids");
        return new RecordedWords(
                tokens,
                ids == null ? null : ids(ids, tokens.size()),
                line("name", metadata.getOrDefault("name", "")),
                line("model", metadata.getOrDefault("model", "")),
                causal(metadata.get("causal")));
    }

    private static List<String> tokens(@Nullable String written) {
        if (written == null) {
            throw new Refusal("The file does not say its tokens; write them as a JSON list of texts into the metadata:"
                    + " metadata={\"tokens\": json.dumps([\"The\", \" cat\"])}");
        }
        List<String> tokens = new ArrayList<>();
        for (JsonNode token : list("tokens", written)) {
            if (!token.isString()) {
                throw new Refusal("metadata “tokens” has " + shortened(token.toString()) + " at " + tokens.size()
                        + "; expected the text of a token");
            }
            if (token.asString().length() > LONGEST_TOKEN) {
                throw new Refusal(
                        "metadata “tokens” has a token of " + token.asString().length() + " characters at "
                                + tokens.size() + "; expected " + LONGEST_TOKEN + " at most");
            }
            tokens.add(token.asString());
        }
        if (tokens.isEmpty() || tokens.size() > MOST_TOKENS) {
            throw new Refusal("metadata “tokens” has " + tokens.size() + " tokens; expected 1 to " + MOST_TOKENS);
        }
        return tokens;
    }

    private static int[] ids(String written, int tokens) {
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : list("ids", written)) {
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0) {
                throw new Refusal("metadata “ids” has " + shortened(id.toString()) + " at " + ids.size()
                        + "; expected a whole number from 0");
            }
            ids.add(id.asInt());
        }
        if (ids.size() != tokens) {
            throw new Refusal("metadata “ids” has " + ids.size() + " ids; there are " + tokens + " tokens");
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static JsonNode list(String key, String written) {
        try {
            JsonNode list = JsonMapper.shared().readTree(written);
            if (list.isArray()) {
                return list;
            }
        } catch (JacksonException broken) {
            // said below, as of anything else that is no list
        }
        throw new Refusal("metadata “" + key + "” is “" + shortened(written) + "”; expected a list in JSON");
    }

    private static String line(String key, String text) {
        String line = text.strip();
        if (line.length() > LONGEST_NAME || line.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("metadata “" + key + "” is “" + shortened(text) + "”; expected one line of "
                    + LONGEST_NAME + " characters at most");
        }
        return line;
    }

    private static @Nullable Boolean causal(@Nullable String written) {
        if (written == null) {
            return null;
        }
        return switch (written) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Refusal("metadata “causal” is “" + shortened(written) + "”; expected “true” or “false”");
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
