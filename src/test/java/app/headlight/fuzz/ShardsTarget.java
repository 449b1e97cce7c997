package app.headlight.fuzz;

import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.ShardedWeights;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An index, and after it the shards {@code a}, {@code b} and {@code c}. */
public final class ShardsTarget {

    private static final int MOST_FILES = 4;

    private ShardsTarget() {}

    /** The fuzzer calls this first. */
    public static void fuzzerInitialize() {
        Reading.warmUp(ShardsTarget::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        List<byte[]> files = Joined.files(input, MOST_FILES);
        String index = new String(files.getFirst(), StandardCharsets.UTF_8);
        Map<String, byte[]> shards = new HashMap<>();
        for (int i = 1; i < files.size(); i++) {
            shards.put(String.valueOf((char) ('a' + i - 1)), files.get(i));
        }
        Reading.tryOn(input, all -> read(index, shards));
    }

    private static void read(String index, Map<String, byte[]> shards) throws IOException {
        ShardedWeights weights = ShardedWeights.of(
                index, file -> shards.containsKey(file) ? new ByteArrayInputStream(shards.get(file)) : null);
        long size = weights.size();
        long most = shards.values().stream().mapToLong(shard -> shard.length).sum();
        if (size > Integer.MAX_VALUE || size > 16 + 3 * most + Reading.BASE) {
            return; // the index is right about tensors whose bytes are not there: reading them says so
        }
        byte[] whole = weights.read(0, (int) size);
        if (whole.length != size) {
            throw new IllegalStateException("read " + whole.length + " of " + size + " bytes");
        }
        int middle = whole.length / 2;
        int count = Math.min(16, whole.length - middle);
        if (!Arrays.equals(whole, middle, middle + count, weights.read(middle, count), 0, count)) {
            throw new IllegalStateException("the shards are not the same when a part of them is read");
        }
        SafetensorsTarget.readAll(Safetensors.open(new Bytes(whole)));
    }
}
