package app.headlight.engine.formats;

import app.headlight.engine.text.ByteOrderMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Weights in several safetensors files, which are read as if they were one file. An index,
 * {@code model.safetensors.index.json}, says in its {@code weight_map} in which file each tensor is.
 */
public final class ShardedWeights {

    /** The name of the index. */
    public static final String INDEX = "model.safetensors.index.json";

    /** The longest name of a file, in characters. */
    private static final int LONGEST_NAME = 255;

    /** No file is larger, in bytes; a sum with a size below it is still a number. */
    private static final long LARGEST = Long.MAX_VALUE / 2;

    private static final JsonFactory JSON = new JsonFactory();

    private final Folder folder;
    private final Map<String, Shard> shards = new LinkedHashMap<>();
    private final Map<String, String> fileOf = new LinkedHashMap<>();
    private final List<TensorEntry> header = new ArrayList<>();
    private byte[] beginning = new byte[0];
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
     * @throws SafetensorsException as {@link #of} does
     */
    public static InputStream open(String index, Folder folder) throws IOException {
        return of(index, folder).stream();
    }

    /**
     * The shards that an index names, whose headers are read now.
     *
     * @param index the text of the index
     * @throws SafetensorsException naming the shard or the tensor: a shard that is missing or broken, a tensor in two
     *     shards, or not where the index says
     */
    public static ShardedWeights of(String index, Folder folder) throws IOException {
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
        weights.beginning = weights.written();
        return weights;
    }

    /**
     * The files that an index names, sorted.
     *
     * @throws SafetensorsException if the text is no index
     */
    public static Set<String> files(String index) throws IOException {
        return new TreeSet<>(places(index).values());
    }

    /** The size of all as one file, in bytes. */
    public long size() {
        return beginning.length + end;
    }

    /**
     * Some bytes of all as one file; fewer at its end.
     *
     * @param at the index of the first
     */
    public byte[] read(long at, int count) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(count);
        if (at < beginning.length) {
            read.write(beginning, (int) at, Math.min(count, beginning.length - (int) at));
        }
        long begins = beginning.length;
        for (Map.Entry<String, Shard> shard : shards.entrySet()) {
            long from = Math.max(0, at + read.size() - begins);
            long wanted = Math.min(count - read.size(), shard.getValue().bytes() - from);
            if (wanted > 0) {
                try (InputStream in = opened(shard.getKey())) {
                    in.skipNBytes(shard.getValue().dataBegins() + from);
                    read.writeBytes(exactly(in, (int) wanted, shard.getKey()));
                }
            }
            begins += shard.getValue().bytes();
        }
        return read.toByteArray();
    }

    private static Map<String, String> places(String index) throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        Map<String, String> files = new HashMap<>(); // so that a name that comes again and again is held once
        StreamedJson.readObject(INDEX, ByteOrderMark.strip(index), (field, value) -> {
            if (!field.equals("weight_map")) {
                value.skipChildren();
                return;
            }
            StreamedJson.fields(value, (tensor, place) -> {
                String file = files.computeIfAbsent(file(tensor, place), name -> name);
                if (places.putIfAbsent(tensor, file) != null) {
                    throw new SafetensorsException(INDEX + " has duplicates: tensor “" + tensor + "” is in it twice");
                }
                if (places.size() > SafetensorsHeader.MOST_TENSORS) {
                    throw new SafetensorsException(INDEX + " has more than " + SafetensorsHeader.MOST_TENSORS
                            + " tensors, which is the most that is read");
                }
            });
        });
        if (places.isEmpty()) {
            throw new SafetensorsException(INDEX + " has no weight_map from tensors to files");
        }
        return places;
    }

    private static String file(String tensor, JsonParser place) throws SafetensorsException {
        String file = place.currentToken() == JsonToken.VALUE_STRING ? place.getString() : "";
        boolean isBeside = !file.isEmpty() && file.indexOf('/') < 0 && file.indexOf('\\') < 0;
        if (!isBeside || file.length() > LONGEST_NAME || file.equals("..") || file.equals(".")) {
            throw new SafetensorsException(INDEX + ": tensor “" + tensor + "” is in " + StreamedJson.shown(place)
                    + "; expected the name of a file beside it");
        }
        return file;
    }

    /** Adds the tensors of one shard after those of the shards before. */
    private void add(String file) throws IOException {
        SafetensorsHeader described;
        long dataBegins;
        try (InputStream in = opened(file)) {
            long length = ByteBuffer.wrap(exactly(in, Long.BYTES, file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            if (length < 2 || length > SafetensorsHeader.LONGEST) {
                throw new SafetensorsException(
                        "“" + file + "”: the header is said to be " + Long.toUnsignedString(length) + " bytes long");
            }
            InputStream json = new StreamedJson.Part(in, length, tooEarly(file));
            described = SafetensorsHeader.read("“" + file + "”: the header", json, Long.MAX_VALUE);
            dataBegins = Long.BYTES + length;
        }
        long bytes = 0;
        for (TensorEntry tensor : described.entries().values()) {
            add(file, tensor);
            bytes = Math.max(bytes, tensor.end());
        }
        shards.put(file, new Shard(dataBegins, bytes));
        end += bytes;
    }

    private void add(String file, TensorEntry tensor) throws SafetensorsException {
        String other = fileOf.putIfAbsent(tensor.name(), file);
        if (other != null) {
            throw new SafetensorsException(
                    "tensor “" + tensor.name() + "” is in two shards, “" + other + "” and “" + file + "”");
        }
        if (tensor.end() > LARGEST - end) {
            throw new SafetensorsException("“" + file + "”: tensor “" + tensor.name() + "” ends at byte " + tensor.end()
                    + ", where no file is");
        }
        if (fileOf.size() > SafetensorsHeader.MOST_TENSORS) {
            throw new SafetensorsException("the shards describe more than " + SafetensorsHeader.MOST_TENSORS
                    + " tensors, which is the most that is read");
        }
        header.add(new TensorEntry(
                tensor.name(), tensor.dtype(), tensor.shape(), end + tensor.begin(), end + tensor.end()));
    }

    private InputStream opened(String file) throws IOException {
        InputStream in = folder.open(file);
        if (in == null) {
            throw new SafetensorsException(INDEX + " names the shard “" + file + "”, which is missing");
        }
        return in;
    }

    private static String tooEarly(String file) {
        return "the shard “" + file + "” ends too early";
    }

    private static byte[] exactly(InputStream in, int bytes, String file) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException(tooEarly(file));
        }
        return read;
    }

    /** The eight bytes and the header with which all as one file begin. */
    private byte[] written() {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes(new byte[Long.BYTES]);
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            out.writeStartObject();
            for (TensorEntry tensor : header) {
                out.writeObjectPropertyStart(tensor.name());
                out.writeStringProperty("dtype", tensor.dtype().name());
                out.writeName("shape");
                out.writeArray(tensor.shape(), 0, tensor.shape().length);
                out.writeName("data_offsets");
                out.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        byte[] written = json.toByteArray();
        ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).putLong(written.length - Long.BYTES);
        return written;
    }

    private InputStream stream() {
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
                    return new ByteArrayInputStream(beginning);
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
                throw new EOFException(tooEarly(file));
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
