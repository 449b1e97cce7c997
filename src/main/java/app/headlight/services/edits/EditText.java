package app.headlight.services.edits;

import app.headlight.engine.refusal.Refusal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Edits as a line of text, as addresses hold them: edits apart by “;”, and of each what is done, the site, and the fields
 * of {@link AskedEdit} that are given:
 * {@code zero,blocks.0.attn.hook_result,head=L0H3;cut,blocks.1.attn.hook_pattern,head=L1H2,destination=19,source=3}.
 */
public final class EditText {

    /** The most edits that a text can hold. */
    public static final int MOST = 100;

    private static final String POSITIONS = "positions";

    private EditText() {}

    /** @param edits with a site and what is done */
    public static String write(List<AskedEdit> edits) {
        return edits.stream().map(EditText::write).collect(Collectors.joining(";"));
    }

    private static String write(AskedEdit edit) {
        AskedEdit.Where where = edit.where();
        AskedEdit.Particulars by = edit.by();
        StringBuilder text = new StringBuilder(escaped(edit.done()) + "," + escaped(where.site()));
        put(text, "head", where.head(), EditText::escaped);
        put(text, "layer", where.layer(), Object::toString);
        put(text, "position", where.position(), Object::toString);
        put(text, "destination", where.destination(), Object::toString);
        put(text, "source", where.source(), Object::toString);
        put(text, "over", by.over(), EditText::over);
        if (by.from() != null) {
            put(text, "from", by.from(), from -> escaped(from.text()));
            put(text, "tokens", by.from().tokens(), EditText::numbers);
            put(text, "at", by.from().position(), Object::toString);
            put(text, "writer", by.from().writer(), EditText::escaped);
        }
        put(text, "vector", by.vector(), EditText::numbers);
        put(text, "direction", by.direction(), EditText::numbers);
        put(text, "factor", by.factor(), Object::toString);
        put(text, "by", by.scale(), Object::toString);
        put(text, "row", by.row(), EditText::numbers);
        put(text, "value", by.value(), Object::toString);
        put(text, "renormalise", by.renormalise(), Object::toString);
        return text.toString();
    }

    private static <V> void put(StringBuilder text, String name, @Nullable V value, Function<V, String> written) {
        if (value != null) {
            text.append(',').append(name).append('=').append(written.apply(value));
        }
    }

    private static String over(AskedEdit.Over over) {
        return over.sentences() == null
                ? POSITIONS
                : over.sentences().stream().map(EditText::numbers).collect(Collectors.joining("|"));
    }

    private static String numbers(List<?> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param notices told, for people, which edits cannot be read; those are left out */
    public static List<AskedEdit> read(String text, Consumer<String> notices) {
        List<AskedEdit> edits = new ArrayList<>();
        List<String> parts =
                Stream.of(text.split(";")).filter(part -> !part.isBlank()).toList();
        for (String part : parts) {
            try {
                if (edits.size() == MOST) {
                    notices.accept("The address has " + parts.size() + " edits; the first " + MOST + " are made.");
                    break;
                }
                edits.add(one(part.strip()));
            } catch (Refusal | IllegalArgumentException unreadable) {
                notices.accept("The address has the edit “" + (part.length() > 80 ? part.substring(0, 80) + "…" : part)
                        + "”, which cannot be read"
                        + (unreadable instanceof Refusal ? ": " + unreadable.getMessage() : "") + ". It is left out.");
            }
        }
        return List.copyOf(edits);
    }

    private static AskedEdit one(String text) {
        String[] parts = text.split(",");
        if (parts.length < 2) {
            throw new Refusal("it needs what is done and a site, such as zero,result,head=L0H3");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String part : Arrays.copyOfRange(parts, 2, parts.length)) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(0, equals)).strip();
            if (fields.put(name, part.substring(equals + 1)) != null) {
                throw new Refusal("it gives “" + name + "” twice");
            }
        }
        String other = fields.remove("from");
        List<Integer> tokens = optional(fields, "tokens", EditText::ids);
        Integer at = optional(fields, "at", Integer::valueOf);
        String writer = optional(fields, "writer", EditText::decoded);
        AskedEdit.From from = other == null && tokens == null && at == null && writer == null
                ? null
                : new AskedEdit.From(other == null || other.isEmpty() ? null : decoded(other), tokens, at, writer);
        AskedEdit.Where where = new AskedEdit.Where(
                decoded(parts[1]),
                optional(fields, "head", EditText::decoded),
                optional(fields, "layer", Integer::valueOf),
                optional(fields, "position", Integer::valueOf),
                optional(fields, "destination", Integer::valueOf),
                optional(fields, "source", Integer::valueOf));
        AskedEdit.Particulars by = new AskedEdit.Particulars(
                optional(fields, "over", EditText::overOf),
                from,
                optional(fields, "vector", EditText::floats),
                optional(fields, "direction", EditText::floats),
                optional(fields, "factor", Float::valueOf),
                optional(fields, "by", Float::valueOf),
                optional(fields, "row", EditText::floats),
                optional(fields, "value", Float::valueOf),
                optional(fields, "renormalise", EditText::truth));
        if (!fields.isEmpty()) {
            throw new Refusal(
                    "an edit has no field “" + fields.keySet().iterator().next() + "”");
        }
        return new AskedEdit(where, decoded(parts[0]), by);
    }

    private static <V> @Nullable V optional(Map<String, String> fields, String name, Function<String, V> read) {
        String text = fields.remove(name);
        try {
            return text == null ? null : read.apply(text.strip());
        } catch (IllegalArgumentException unreadable) {
            throw new Refusal("“" + name + "” is “" + text + "”", unreadable);
        }
    }

    private static AskedEdit.Over overOf(String text) {
        return text.equals(POSITIONS)
                ? AskedEdit.Over.POSITIONS
                : new AskedEdit.Over(
                        Stream.of(text.split("\\|")).map(EditText::ids).toList());
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static List<Integer> ids(String text) {
        return Stream.of(text.strip().split(" +")).map(Integer::valueOf).toList();
    }

    private static List<Float> floats(String text) {
        return Stream.of(text.strip().split(" +")).map(Float::valueOf).toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.strip(), StandardCharsets.UTF_8);
    }
}
