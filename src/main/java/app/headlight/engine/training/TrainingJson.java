package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes recipes and logs as JSON, with fields in snake case. */
final class TrainingJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private TrainingJson() {}

    static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** @throws Refusal if the text is not JSON of this type */
    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException unreadable) {
            throw new Refusal(
                    "the record of a training cannot be read: " + unreadable.getOriginalMessage(), unreadable);
        }
    }
}
