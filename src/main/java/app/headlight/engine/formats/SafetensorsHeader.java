package app.headlight.engine.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read and checked before a tensor is read or memory is allocated for it.
 *
 * @param entries the tensors, by name
 * @param metadata what {@code __metadata__} says, in its order; what is no text there, as JSON
 */
record SafetensorsHeader(Map<String, TensorEntry> entries, Map<String, String> metadata) {

    /** The longest header that the format allows, in bytes. */
    static final int LONGEST = 100_000_000;

    /** Tensors of a file at most: more than the largest model that is read can have. */
    static final int MOST_TENSORS = 20_000;

    /** The sentence about the kinds of number that are read, for messages. */
    static final String READ = "F64, F32, F16 and BF16 are read";

    private static final String METADATA = "__metadata__";

    /**
     * @param what it is, for messages: “the header”
     * @param json the header, and nothing after it
     * @param available how many bytes follow it; {@link Long#MAX_VALUE} if that is not known yet
     * @throws SafetensorsException naming the tensor and what is wrong
     */
    static SafetensorsHeader read(String what, InputStream json, long available) throws IOException {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        StreamedJson.readObject(what, json, (name, value) -> {
            if (name.equals(METADATA)) {
                StreamedJson.fields(value, (key, text) -> {
                    put(what, metadata, key, StreamedJson.text(text));
                });
            } else {
                put(what, entries, name, TensorFields.read(name, value, available));
            }
        });
        refuseOverlaps(entries);
        return new SafetensorsHeader(entries, metadata);
    }

    private static <T> void put(String what, Map<String, T> all, String name, T value) throws SafetensorsException {
        if (all.putIfAbsent(name, value) != null) {
            throw new SafetensorsException(what + " has duplicates: “" + name + "” is in it twice");
        }
        if (all.size() > MOST_TENSORS) {
            throw new SafetensorsException(
                    what + " describes more than " + MOST_TENSORS + " tensors, which is the most that is read");
        }
    }

    private static void refuseOverlaps(Map<String, TensorEntry> entries) throws SafetensorsException {
        List<TensorEntry> byPlace = entries.values().stream()
                .filter(entry -> entry.count() > 0) // an empty tensor has no place
                .sorted(Comparator.comparingLong(TensorEntry::begin))
                .toList();
        for (int i = 1; i < byPlace.size(); i++) {
            TensorEntry before = byPlace.get(i - 1);
            TensorEntry entry = byPlace.get(i);
            if (entry.begin() < before.end()) {
                throw new SafetensorsException("tensor “" + entry.name() + "” begins at byte " + entry.begin()
                        + ", inside “" + before.name() + "”, which ends at " + before.end());
            }
        }
    }
}
