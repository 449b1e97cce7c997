package app.headlight.engine.text;

import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of a tokenizer.json, or of a tokenizer_config.json, as it is read: a few settings as a tree, and the long lists
 * of tokens one by one, since a tree of all takes some thirty times the text.
 */
final class TokenizerJson {

    /** Settings have fewer values; a tree of so many takes some MB. */
    private static final int MOST_VALUES = 50_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES) // each token comes once
            .build();

    private final String text;
    private final String what;
    private int values;

    /** @param what the text is, for messages */
    TokenizerJson(String text, String what) {
        this.text = text;
        this.what = what;
    }

    /**
     * Some fields of the outermost object as a tree.
     *
     * @param wanted their names; that of a field within one of them with a slash: {@code model/unk_token}
     * @throws UnreadableTokenizerException if the text is not JSON, or the fields have too many values
     */
    ObjectNode settings(Set<String> wanted) {
        ObjectNode settings = NODES.objectNode();
        fields((json, name) -> {
            if (wanted.contains(name)) {
                settings.set(name, tree(json));
            } else if (wanted.stream().anyMatch(each -> each.startsWith(name + "/"))) {
                ObjectNode inside = settings.putObject(name);
                fields(json, (value, field) -> {
                    if (wanted.contains(name + "/" + field)) {
                        inside.set(field, tree(value));
                    } else {
                        value.skipChildren();
                    }
                });
            } else {
                json.skipChildren();
            }
        });
        return settings;
    }

    /** What is done with a field: all of its value is read, or passed over. */
    @FunctionalInterface
    interface Field {

        void read(JsonParser value, String name);
    }

    /** Reads the fields of the outermost object; of another value none. */
    void fields(Field field) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            fields(json, field);
            json.nextToken();
        } catch (JacksonException broken) {
            throw new UnreadableTokenizerException(what + " is not JSON, " + broken.getOriginalMessage(), broken);
        }
    }

    /** Reads the fields of an object; of another value none. */
    static void fields(JsonParser value, Field field) {
        if (value.currentToken() != JsonToken.START_OBJECT) {
            if (value.currentToken() != null) {
                value.skipChildren();
            }
            return;
        }
        while (value.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = value.currentName();
            value.nextToken();
            field.read(value, name);
        }
    }

    /** Reads the elements of a list; of another value none. */
    static void elements(JsonParser value, Consumer<JsonParser> element) {
        if (value.currentToken() != JsonToken.START_ARRAY) {
            value.skipChildren();
            return;
        }
        while (value.nextToken() != JsonToken.END_ARRAY) {
            element.accept(value);
        }
    }

    private JsonNode tree(JsonParser json) {
        if (++values > MOST_VALUES) {
            throw new UnreadableTokenizerException(
                    what + " has more than " + MOST_VALUES + " values beside its tokens");
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                fields(json, (value, name) -> object.set(name, tree(value)));
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                elements(json, element -> array.add(tree(element)));
                yield array;
            }
            case VALUE_STRING -> NODES.stringNode(json.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> isInt(json) ? NODES.numberNode(json.getIntValue()) : NODES.nullNode();
            default -> NODES.nullNode(); // other numbers say nothing here
        };
    }

    /** Whether a value is a whole number that could be an id. */
    static boolean isInt(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT;
    }
}
