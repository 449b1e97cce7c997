package app.headlight.services.findings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Explains what is wrong with a JSON document, for the person who wrote it. */
public final class JsonFaults {

    private JsonFaults() {}

    /** The place of the fault, such as {@code findings[3].versions[0]}; empty for the document as a whole. */
    public static String where(JacksonException fault) {
        StringBuilder where = new StringBuilder();
        for (JacksonException.Reference step : fault.getPath()) {
            if (step.getPropertyName() == null) {
                where.append('[').append(step.getIndex()).append(']');
            } else {
                where.append(where.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return where.toString();
    }

    /** A sentence about an unknown field, with its place and the known fields; empty if something else is wrong. */
    public static Optional<String> unknownField(JacksonException fault) {
        if (!(fault instanceof UnrecognizedPropertyException unknown)) {
            return Optional.empty();
        }
        Stream<String> fields = unknown.getKnownPropertyIds() == null
                ? Stream.empty()
                : unknown.getKnownPropertyIds().stream().map(String::valueOf);
        String known = Stream.concat(fields, unwrapped(unknown.getReferringClass()))
                .sorted()
                .collect(Collectors.joining(", "));
        return Optional.of(
                "there is no field “" + where(fault) + "”" + (known.isEmpty() ? "" : "; known here are " + known));
    }

    /** Jackson does not count the fields of a part that stands without braces of its own. */
    private static Stream<String> unwrapped(@Nullable Class<?> read) {
        return read == null || !read.isRecord()
                ? Stream.empty()
                : Arrays.stream(read.getRecordComponents())
                        .filter(part -> part.getAccessor().isAnnotationPresent(JsonUnwrapped.class))
                        .flatMap(part -> Arrays.stream(part.getType().getRecordComponents()))
                        .map(RecordComponent::getName);
    }
}
