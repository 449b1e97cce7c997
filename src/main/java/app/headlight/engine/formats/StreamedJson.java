package app.headlight.engine.formats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object that is read field by field, so that it takes only the memory of what is kept of it: a tree of a large or
 * an odd text takes some thirty times the text.
 */
final class StreamedJson {

    /** No name of a tensor, and no text about a file, is longer; in characters. */
    private static final int LONGEST_NAME = 1_000;

    private static final int LONGEST_TEXT = 1 << 20;

    /** How much of a wrong value is shown. */
    private static final int LONGEST_SHOWN = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES) // each name comes once
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private StreamedJson() {}

    /** What is done with a field of an object: all of its value is read, or passed over. */
    @FunctionalInterface
    interface Field {

        /** @param value stands on the first token of the field's value, and afterwards on its last */
        void read(String name, JsonParser value) throws IOException;
    }

    /**
     * Reads the fields of the only value of a text.
     *
     * @param what the text is, for messages: “the header”
     * @throws SafetensorsException if the text is not JSON, or not an object
     */
    static void readObject(String what, InputStream text, Field field) throws IOException {
        read(what, () -> JSON.createParser(ObjectReadContext.empty(), text), field);
    }

    /** The same of a text in memory. */
    static void readObject(String what, String text, Field field) throws IOException {
        read(what, () -> JSON.createParser(ObjectReadContext.empty(), text), field);
    }

    private static void read(String what, Supplier<JsonParser> opened, Field field) throws IOException {
        try (JsonParser json = opened.get()) { // which reads the first bytes already
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new SafetensorsException(what + " is not a JSON object");
            }
            fields(json, field);
            if (json.nextToken() != null) {
                throw new SafetensorsException(what + " cannot be read as JSON: something follows its end");
            }
        } catch (JacksonIOException unread) {
            throw unread.getCause();
        } catch (JacksonException broken) {
            throw new SafetensorsException(what + " cannot be read as JSON: " + broken.getOriginalMessage());
        }
    }

    /** Reads the fields of an object; nothing, where the value is none. */
    static void fields(JsonParser value, Field field) throws IOException {
        if (value.currentToken() != JsonToken.START_OBJECT) {
            value.skipChildren();
            return;
        }
        while (value.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = value.currentName();
            value.nextToken();
            field.read(name, value);
        }
    }

    /** A text as it is; what is none as JSON. */
    static String text(JsonParser value) {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            return value.getString();
        }
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            out.copyCurrentStructure(value);
        }
        return json.toString();
    }

    /** Passes over a value, and gives what a message shows of it. */
    static String shown(JsonParser value) {
        String text = value.getString();
        String cut = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        String shown = value.currentToken() == JsonToken.VALUE_STRING ? "\"" + cut + "\"" : cut;
        if (value.currentToken().isStructStart()) {
            value.skipChildren();
            return shown + "…" + value.getString();
        }
        return shown;
    }

    /** The next bytes of a stream, whose end must not come before them. */
    static final class Part extends InputStream {

        private final InputStream from;
        private final String tooEarly;
        private long left;

        /** @param tooEarly the message if the stream ends within the part */
        Part(InputStream from, long bytes, String tooEarly) {
            this.from = from;
            this.left = bytes;
            this.tooEarly = tooEarly;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (left == 0 || count == 0) {
                return count == 0 ? 0 : -1;
            }
            int read = from.read(into, offset, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException(tooEarly);
            }
            left -= read;
            return read;
        }
    }
}
