package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.ByteOrderMark;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reads and writes files of findings, and personal records, as JSON. */
final class FindingsJson {

    /** Of a file that is read. */
    static final int LARGEST = 20 << 20;

    private static final JsonMapper MAPPER = JsonAsWritten.in(JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule().addDeserializer(OffsetDateTime.class, new WrittenTime()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private FindingsJson() {}

    /** A time as ISO 8601 writes it; Jackson would take a number for seconds too. */
    private static final class WrittenTime extends ValueDeserializer<OffsetDateTime> {

        @Override
        public OffsetDateTime deserialize(JsonParser json, DeserializationContext context) {
            return json.hasToken(JsonToken.VALUE_STRING)
                    ? InstantDeserializer.OFFSET_DATE_TIME.deserialize(json, context)
                    : (OffsetDateTime) context.handleUnexpectedToken(OffsetDateTime.class, json);
        }
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** @throws Refusal if it is not such a file; the message says where and why */
    static FindingsFile read(byte[] file) {
        if (file.length > LARGEST) {
            throw new Refusal("the file has " + file.length + " bytes; at most " + LARGEST + " are read");
        }
        try {
            String text = ByteOrderMark.strip(new String(file, StandardCharsets.UTF_8));
            FindingsFile read = MAPPER.readValue(text, FindingsFile.class);
            if (read == null) {
                throw new Refusal("the file is empty");
            }
            return read;
        } catch (JacksonException e) {
            String where = JsonFaults.where(e);
            throw new Refusal(
                    JsonFaults.unknownField(e).orElseGet(() -> (where.isEmpty() ? "" : where + ": ") + why(e)), e);
        }
    }

    private static String why(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal ours) {
                return ours.getMessage();
            }
        }
        return e instanceof StreamReadException
                ? "the file is not JSON from line " + e.getLocation().getLineNr() + " on"
                : "this is not of the form that is expected here";
    }
}
