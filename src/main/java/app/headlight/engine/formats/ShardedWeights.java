package app.headlight.engine.formats;

import app.headlight.engine.text.ByteOrderMark;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Weights in several safetensors files, which are read as if they were one file. An index,
 * {@code model.safetensors.index.json}, says in its {@code weight_map} in which file each tensor is.
 */
public final class ShardedWeights {

    /** The name of the index. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Folder folder;
    private final Map<String, Shard> shards = new LinkedHashMap<>();
    private final Map<String, String> fileOf = new LinkedHashMap<>();
    private final ObjectNode header = JSON.createObjectNode();
    private long end;

    private ShardedWeights(Folder folder) {
        this.folder = folder;
    }

    /** The folder of the shards. */
    @FunctionalInterface
    public interface Folder {

        /** @return null if there is no such file */
        @Nullable
        InputStream open(String file) throws IOException;
    }

    /**
     * One shard.
     *
     * @param dataBegins where its tensors begin
     * @param bytes the size of its tensors
     */
    private record Shard(long dataBegins, long bytes) {}

    /**
     * The bytes of one safetensors file with the tensors of all shards.
     *
     * @param index the text of the index
     * @throws SafetensorsException naming the shard or the tensor: a shard that is missing or broken, a tensor in two
     *     shards, or not where the index says
     */
    public static InputStream open(String index, Folder folder) throws IOException {
        ShardedWeights weights = new ShardedWeights(folder);
        Map<String, String> places = places(index);
        for (String file : new TreeSet<>(places.values())) {
            weights.add(file);
        }
        for (Map.Entry<String, String> place : places.entrySet()) {
            if (!place.getValue().equals(weights.fileOf.get(place.getKey()))) {
                throw new SafetensorsException(INDEX + " says that tensor “" + place.getKey() + "” is in “"
                        + place.getValue() + "”; it is not");
            }
        }
        return weights.stream();
    }

    private static Map<String, String> places(String index) throws SafetensorsException {
        JsonNode root;
        try {
            root = JSON.readTree(ByteOrderMark.strip(index));
        } catch (JacksonException broken) {
            throw new SafetensorsException(INDEX + " cannot be read as JSON: " + broken.getOriginalMessage());
        }
        JsonNode map = root == null ? null : root.path("weight_map");
        if (map == null || !map.isObject() || map.isEmpty()) {
            throw new SafetensorsException(INDEX + " has no weight_map from tensors to files");
        }
        Map<String, String> places = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> place : map.properties()) {
            String file = place.getValue().asString("");
            if (!file.matches("[^/\\\\]+") || file.equals("..") || file.equals(".")) {
                throw new SafetensorsException(INDEX + ": tensor “" + place.getKey() + "” is in " + place.getValue()
                        + "; expected the name of a file beside it");
            }
            places.put(place.getKey(), file);
        }
        return places;
    }

    /** Adds the tensors of one shard after those of the shards before. */
    private void add(String file) throws IOException {
        ObjectNode described;
        long dataBegins;
        try (InputStream in = opened(file)) {
            long length = ByteBuffer.wrap(exactly(in, Long.BYTES, file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            if (length < 2 || length > Safetensors.LONGEST_HEADER) {
                throw new SafetensorsException(
                        "“" + file + "”: the header is said to be " + Long.toUnsignedString(length) + " bytes long");
            }
            described = described(file, exactly(in, (int) length, file));
            dataBegins = Long.BYTES + length;
        }
        long bytes = 0;
        for (Map.Entry<String, JsonNode> tensor : described.properties()) {
            if (!tensor.getKey().equals("__metadata__")) {
                bytes = Math.max(bytes, add(file, tensor.getKey(), tensor.getValue()));
            }
        }
        shards.put(file, new Shard(dataBegins, bytes));
        end += bytes;
    }

    /** @return where the tensor ends in its shard */
    private long add(String file, String name, JsonNode described) throws SafetensorsException {
        String other = fileOf.putIfAbsent(name, file);
        if (other != null) {
            throw new SafetensorsException(
                    "tensor “" + name + "” is in two shards, “" + other + "” and “" + file + "”");
        }
        JsonNode offsets = described.path("data_offsets");
        if (!(described instanceof ObjectNode tensor)
                || !offsets.path(0).canConvertToLong()
                || !offsets.path(1).canConvertToLong()
                || offsets.path(0).asLong() < 0
                || offsets.path(1).asLong() < offsets.path(0).asLong()
                || offsets.path(1).asLong() > Long.MAX_VALUE / 2 - end) {
            throw new SafetensorsException(
                    "“" + file + "”: tensor “" + name + "” has no data_offsets of the form [begin, end]");
        }
        ObjectNode moved = tensor.deepCopy();
        moved.putArray("data_offsets")
                .add(end + offsets.path(0).asLong())
                .add(end + offsets.path(1).asLong());
        header.set(name, moved);
        return offsets.path(1).asLong();
    }

    private static ObjectNode described(String file, byte[] json) throws SafetensorsException {
        try {
            if (JSON.readTree(json) instanceof ObjectNode described) {
                return described;
            }
        } catch (JacksonException broken) {
            throw new SafetensorsException(
                    "“" + file + "”: the header cannot be read as JSON: " + broken.getOriginalMessage());
        }
        throw new SafetensorsException("“" + file + "”: the header is not a JSON object");
    }

    private InputStream opened(String file) throws IOException {
        InputStream in = folder.open(file);
        if (in == null) {
            throw new SafetensorsException(INDEX + " names the shard “" + file + "”, which is missing");
        }
        return in;
    }

    private static byte[] exactly(InputStream in, int bytes, String file) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException("the shard “" + file + "” ends too early");
        }
        return read;
    }

    private InputStream stream() {
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] begin = ByteBuffer.allocate(Long.BYTES + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
        List<Map.Entry<String, Shard>> all = new ArrayList<>(shards.entrySet());
        Iterator<Map.Entry<String, Shard>> rest = all.iterator();
        return new SequenceInputStream(new Enumeration<>() {
            private boolean begun;

            @Override
            public boolean hasMoreElements() {
                return !begun || rest.hasNext();
            }

            @Override
            public InputStream nextElement() {
                if (!begun) {
                    begun = true;
                    return new ByteArrayInputStream(begin);
                }
                Map.Entry<String, Shard> shard = rest.next();
                return new ShardBytes(shard.getKey(), shard.getValue());
            }
        });
    }

    /** The bytes of the tensors of one shard; the shard is opened when they are first read. */
    private final class ShardBytes extends InputStream {
        private final String file;
        private final Shard shard;
        private @Nullable InputStream in;
        private long left;

        ShardBytes(String file, Shard shard) {
            this.file = file;
            this.shard = shard;
            this.left = shard.bytes();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (left == 0 || count == 0) {
                return count == 0 ? 0 : -1;
            }
            if (in == null) {
                in = opened(file);
                in.skipNBytes(shard.dataBegins());
            }
            int read = in.read(into, from, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("the shard “" + file + "” ends too early");
            }
            left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            if (in != null) {
                in.close();
            }
        }
    }
}
