package app.headlight.engine.text;

import app.headlight.engine.text.TokenTable.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The tokens of a tokenizer.json, and the ids of a few that are looked for. */
final class TokensInFile {

    private final TokenTable tokens;
    private final Set<String> wanted = new HashSet<>();
    private final Map<String, Integer> ofModel = new HashMap<>();
    private final Map<String, Integer> added = new HashMap<>();

    /** @param letters about how many bytes all tokens have together */
    TokensInFile(int letters) {
        tokens = new TokenTable(letters);
    }

    /** Lets a token be found by {@link #id}, once the file is read. */
    OptionalInt wanted(String token) {
        wanted.add(token);
        return OptionalInt.empty();
    }

    /** The id of a token that is looked for; of two with the same text that which is named beside the vocabulary. */
    OptionalInt id(String token) {
        return number(added.getOrDefault(token, ofModel.get(token)));
    }

    /** The same, but of two that which is in the model's vocabulary. */
    OptionalInt unknown(String token) {
        return token.isEmpty() ? OptionalInt.empty() : number(ofModel.getOrDefault(token, added.get(token)));
    }

    private static OptionalInt number(@org.jspecify.annotations.Nullable Integer id) {
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    TokenTable tokens() {
        return tokens.trimmed();
    }

    /** @throws UnreadableTokenizerException naming the token that has no id, or an id that cannot be */
    void read(TokenizerJson json) {
        int[] ofModel = new int[1];
        json.fields((value, name) -> {
            switch (name) {
                case "added_tokens" -> TokenizerJson.elements(value, this::addedToken);
                case "model" ->
                    TokenizerJson.fields(value, (part, of) -> {
                        if (!of.equals("vocab")) {
                            part.skipChildren();
                        } else if (part.currentToken() == JsonToken.START_ARRAY) {
                            TokenizerJson.elements(part, token -> scored(ofModel[0]++, token));
                        } else {
                            TokenizerJson.fields(part, (id, token) -> {
                                ofModel[0]++;
                                ofModel(token, id);
                            });
                        }
                    });
                default -> value.skipChildren();
            }
        });
        if (ofModel[0] == 0) {
            throw new UnreadableTokenizerException("it has no tokens in \"model\".\"vocab\"");
        }
    }

    private void ofModel(String token, JsonParser id) {
        if (!TokenizerJson.isInt(id)) {
            throw new UnreadableTokenizerException(
                    "the token \"" + Labels.of(token) + "\" has no whole number as its id");
        }
        put(id.getIntValue(), token);
    }

    private void put(int id, String token) {
        tokens.put(id, token, Kind.MODEL);
        if (wanted.contains(token)) {
            ofModel.put(token, id);
        }
    }

    /** A token of a Unigram model, whose id is its place: [token, score]. */
    private void scored(int id, JsonParser pair) {
        String[] first = new String[1];
        int[] at = new int[1];
        TokenizerJson.elements(pair, part -> {
            if (at[0]++ == 0 && part.currentToken() == JsonToken.VALUE_STRING) {
                first[0] = part.getString();
            }
            part.skipChildren();
        });
        if (first[0] == null) {
            throw new UnreadableTokenizerException("the token of id " + id + " is not of the form [token, score]");
        }
        put(id, first[0]);
    }

    private void addedToken(JsonParser described) {
        String[] content = new String[1];
        int[] id = {-1};
        boolean[] special = new boolean[1];
        TokenizerJson.fields(described, (value, field) -> {
            switch (field) {
                case "content" ->
                    content[0] = value.currentToken() == JsonToken.VALUE_STRING ? value.getString() : null;
                case "id" -> id[0] = TokenizerJson.isInt(value) ? value.getIntValue() : -1;
                case "special" -> special[0] = value.currentToken() == JsonToken.VALUE_TRUE;
                default -> {
                    // how it is found in a text, which the library knows
                }
            }
            value.skipChildren();
        });
        if (content[0] == null || id[0] < 0) {
            throw new UnreadableTokenizerException("one of its added_tokens has no \"content\", or no whole \"id\"");
        }
        tokens.put(id[0], content[0], special[0] ? Kind.SPECIAL : Kind.ADDED);
        if (wanted.contains(content[0])) {
            added.putIfAbsent(content[0], id[0]);
        }
    }
}
