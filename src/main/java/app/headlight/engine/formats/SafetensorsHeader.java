package app.headlight.engine.formats;

import app.headlight.engine.formats.TensorEntry.Dtype;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and checks the JSON header of a safetensors file, before a tensor is read or memory is allocated for it. */
final class SafetensorsHeader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The sentence about the kinds of number that are read, for messages. */
    static final String READ = "F64, F32, F16 and BF16 are read";

    private SafetensorsHeader() {}

    /**
     * @param json the header
     * @param available how many bytes follow it
     */
    static Map<String, TensorEntry> read(byte[] json, long available) throws SafetensorsException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException broken) {
            throw new SafetensorsException("the header cannot be read as JSON: " + broken.getOriginalMessage());
        }
        if (root == null || !root.isObject()) {
            throw new SafetensorsException("the header is not a JSON object");
        }
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue(), available));
            }
        }
        refuseOverlaps(entries);
        return entries;
    }

    private static TensorEntry entry(String name, JsonNode node, long available) throws SafetensorsException {
        Dtype dtype = dtype(name, node.path("dtype").asString(""));
        long[] shape = shape(name, node.path("shape"));
        JsonNode offsets = node.path("data_offsets");
        if (!offsets.isArray()
                || offsets.size() != 2
                || !offsets.get(0).isIntegralNumber()
                || !offsets.get(1).isIntegralNumber()) {
            throw fault(name, "has no data_offsets of the form [begin, end]");
        }
        boolean fit = offsets.get(0).canConvertToLong() && offsets.get(1).canConvertToLong();
        long begin = fit ? offsets.get(0).asLong() : -1;
        long end = fit ? offsets.get(1).asLong() : -1;
        if (begin < 0 || end < begin || end > available) {
            throw fault(
                    name,
                    "lies at bytes " + offsets.get(0) + " to " + offsets.get(1) + "; the file holds " + available
                            + " bytes of tensors");
        }
        long needed = bytes(name, dtype, shape);
        if (needed != end - begin) {
            throw fault(name, "has " + (end - begin) + " bytes; its shape and dtype " + dtype + " ask for " + needed);
        }
        return new TensorEntry(name, dtype, shape, begin, end);
    }

    private static Dtype dtype(String name, String given) throws SafetensorsException {
        for (Dtype dtype : Dtype.values()) {
            if (dtype.name().equals(given)) {
                return dtype;
            }
        }
        throw fault(name, "is of dtype “" + given + "”; " + READ);
    }

    private static long[] shape(String name, JsonNode node) throws SafetensorsException {
        if (!node.isArray()) {
            throw fault(name, "has no shape");
        }
        long[] shape = new long[node.size()];
        for (int i = 0; i < shape.length; i++) {
            if (!node.get(i).canConvertToLong()
                    || !node.get(i).isIntegralNumber()
                    || node.get(i).asLong() < 0) {
                throw fault(name, "has the size " + node.get(i) + " in its shape; sizes are whole and not negative");
            }
            shape[i] = node.get(i).asLong();
        }
        return shape;
    }

    private static long bytes(String name, Dtype dtype, long[] shape) throws SafetensorsException {
        long bytes = dtype.bytes;
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException overflow) {
            throw fault(name, "has a shape of more numbers than any file can hold");
        }
        return bytes;
    }

    private static void refuseOverlaps(Map<String, TensorEntry> entries) throws SafetensorsException {
        List<TensorEntry> byPlace = entries.values().stream()
                .filter(entry -> entry.count() > 0) // an empty tensor has no place
                .sorted(Comparator.comparingLong(TensorEntry::begin))
                .toList();
        for (int i = 1; i < byPlace.size(); i++) {
            if (byPlace.get(i).begin() < byPlace.get(i - 1).end()) {
                throw fault(
                        byPlace.get(i).name(),
                        "begins at byte " + byPlace.get(i).begin() + ", inside “"
                                + byPlace.get(i - 1).name() + "”, which ends at "
                                + byPlace.get(i - 1).end());
            }
        }
    }

    private static SafetensorsException fault(String name, String fault) {
        return new SafetensorsException("tensor “" + name + "” " + fault);
    }
}
