package app.headlight.engine.formats;

import app.headlight.engine.tensor.HalfMatrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Where each tensor of a model is in its file, as a {@link Family} says it. All tensors are looked up and their shapes
 * compared before one of them is read.
 */
final class TensorPlan {

    private static final int MOST_NAMED = 100;

    /** How many numbers a matrix has at least to be held in 16 bits: below, the memory is not worth the time. */
    private static final int HALVES_FROM = 1 << 14;

    private final Safetensors file;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<Pattern> withoutEffect = new ArrayList<>();
    private final Map<String, Integer> masks = new LinkedHashMap<>();
    private @Nullable Tied tied;
    private final Numbers<float[]> floats;
    private final Numbers<short[]> bits;
    private final Map<String, HalfMatrix> asStored = new HashMap<>();

    TensorPlan(Safetensors file) {
        this.file = file;
        this.floats = new Numbers<>(file::floats);
        this.bits = new Numbers<>(file::halves);
    }

    private record Source(String stored, Layout layout) {}

    /** Two tensors of the file that must be equal, and why. */
    private record Tied(String one, String other) {}

    /** Whether the file has a tensor. */
    boolean has(String stored) {
        return file.entry(stored) != null;
    }

    /** The first of some prefixes with which the file has a tensor; the first of all if it has none. */
    String prefix(String of, String... prefixes) {
        return Arrays.stream(prefixes)
                .filter(prefix -> has(prefix + of))
                .findFirst()
                .orElse(prefixes[0]);
    }

    /** The model's tensor {@code name} is the file's tensor {@code stored}, which must be there. */
    void put(String name, String stored, Layout layout) {
        sources.put(name, new Source(stored, layout));
    }

    /** The same where the file has the tensor; a bias without one is zero. */
    void putIfThere(String name, String stored, Layout layout) {
        if (has(stored)) {
            put(name, stored, layout);
        }
    }

    /**
     * The embeddings, both [V, D] in the file. If they are tied, one of them may be missing; if both are there, they must
     * be equal.
     */
    void embeddings(Config config, boolean areTied, String embedding, String unembedding) {
        int v = config.dVocab();
        int d = config.dModel();
        boolean both = has(embedding) && has(unembedding);
        put("embed.W_E", areTied && !has(embedding) && has(unembedding) ? unembedding : embedding, Layout.matrix(v, d));
        put("unembed.W_U", areTied && !has(unembedding) ? embedding : unembedding, Layout.transposed(d, v));
        tied = areTied && both ? new Tied(embedding, unembedding) : null;
    }

    /** Tensors that may be in the file and that the model does not compute with. */
    void ignore(String pattern) {
        withoutEffect.add(Pattern.compile(pattern));
    }

    /** A tensor that, if it is there, must be the causal mask. @param window as in {@link Config#window(int)} */
    void mask(String stored, int window) {
        if (has(stored)) {
            masks.put(stored, window);
        }
    }

    /**
     * Reads the weights.
     *
     * @throws SafetensorsException naming all tensors that are missing or have another shape, or the one that cannot be
     *     read
     */
    WeightsFile read(Config config) throws IOException {
        refuseMissing();
        refuseShapes();
        refuseMasks(config);
        refuseDifferent();
        Map<String, FMatrixRMaj> values = new LinkedHashMap<>();
        Map<String, HalfMatrix> halves = new LinkedHashMap<>();
        for (Weights.Tensor tensor : Weights.tensors(config)) {
            Source source = sources.get(tensor.name());
            if (source != null) {
                read(tensor, source, values, halves);
            }
        }
        return new WeightsFile(Weights.of(config, values, halves), unused());
    }

    private void read(
            Weights.Tensor tensor, Source source, Map<String, FMatrixRMaj> values, Map<String, HalfMatrix> halves)
            throws IOException {
        int rows = tensor.rows();
        int columns = tensor.columns();
        HalfMatrix.Format half = half(tensor, source.stored());
        if (half == null) {
            float[] read = source.layout().read(floats.of(source.stored()), rows, columns);
            values.put(tensor.name(), new FMatrixRMaj(rows, columns, true, read));
        } else {
            halves.put(tensor.name(), half(half, source, rows, columns));
        }
    }

    /** A matrix in 16 bits, which shares its memory with its transpose and is not copied where the file has that. */
    private HalfMatrix half(HalfMatrix.Format format, Source source, int rows, int columns) throws IOException {
        boolean isTransposed = source.layout().isTransposed(rows, columns);
        if (!isTransposed && !source.layout().isPlain(rows, columns)) {
            short[] read = source.layout().read(bits.of(source.stored()), rows, columns);
            return HalfMatrix.ofBits(format, read, rows, columns);
        }
        HalfMatrix whole = asStored.get(source.stored());
        if (whole == null) {
            short[] read = bits.of(source.stored());
            whole = isTransposed
                    ? HalfMatrix.ofBits(format, read, columns, rows)
                    : HalfMatrix.ofBits(format, read, rows, columns);
            asStored.put(source.stored(), whole);
        }
        return isTransposed ? whole.transposed() : whole;
    }

    /** The 16 bits that a tensor is held in, as the file stores it; null for one that is small, or stored otherwise. */
    private HalfMatrix.@Nullable Format half(Weights.Tensor tensor, String stored) {
        boolean isSmall = (long) tensor.rows() * tensor.columns() < HALVES_FROM;
        if (isSmall || tensor.rows() == 1 || tensor.bias() || tensor.name().equals("pos_embed.W_pos")) {
            return null;
        }
        return switch (Objects.requireNonNull(file.entry(stored)).dtype()) {
            case F16 -> HalfMatrix.Format.F16;
            case BF16 -> HalfMatrix.Format.BF16;
            default -> null;
        };
    }

    /** Reads the numbers of tensors, and keeps the last ones, since fused tensors are asked for part after part. */
    private final class Numbers<A> {

        private final Reader<A> reader;
        private @Nullable String name;
        private @Nullable A last;

        Numbers(Reader<A> reader) {
            this.reader = reader;
        }

        A of(String stored) throws IOException {
            if (last != null && stored.equals(name)) {
                return last;
            }
            A read = reader.read(stored);
            boolean again = sources.values().stream()
                            .filter(source -> source.stored().equals(stored))
                            .count()
                    > 1;
            name = again ? stored : null;
            last = again ? read : null;
            return read;
        }
    }

    @FunctionalInterface
    private interface Reader<A> {

        A read(String stored) throws IOException;
    }

    private void refuseMissing() throws SafetensorsException {
        List<String> missing = sources.values().stream()
                .map(Source::stored)
                .distinct()
                .filter(name -> !has(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new SafetensorsException(
                    missing.size() == 1
                            ? "tensor “" + missing.getFirst() + "” is missing"
                            : "tensors " + named(missing) + " are missing");
        }
    }

    private void refuseShapes() throws SafetensorsException {
        List<String> faults = new ArrayList<>();
        for (Source source : sources.values()) {
            TensorEntry entry = file.entry(source.stored());
            if (entry != null && !Arrays.equals(entry.shape(), source.layout().shape())) {
                faults.add("tensor “" + source.stored() + "” is " + entry.shapeText() + "; expected "
                        + Arrays.toString(source.layout().shape()));
            }
        }
        if (!faults.isEmpty()) {
            throw new SafetensorsException(
                    faults.stream().distinct().limit(MOST_NAMED).collect(Collectors.joining(", and ")));
        }
    }

    private void refuseMasks(Config config) throws IOException {
        for (Map.Entry<String, Integer> mask : masks.entrySet()) {
            if (!file.isCausalMask(mask.getKey(), config.nCtx(), mask.getValue())) {
                String size = "[" + config.nCtx() + ", " + config.nCtx() + "]";
                throw new SafetensorsException("tensor “" + mask.getKey() + "” is not the causal mask, " + size
                        + (mask.getValue() == Integer.MAX_VALUE ? "" : " with a window of " + mask.getValue())
                        + "; no other mask is read so far");
            }
        }
    }

    private void refuseDifferent() throws IOException {
        if (tied == null) {
            return;
        }
        float[] one = file.floats(tied.one());
        float[] other = file.floats(tied.other());
        int at = Arrays.mismatch(one, other);
        if (at >= 0) {
            throw new SafetensorsException("tie_word_embeddings is true, and “" + tied.one() + "” and “" + tied.other()
                    + "” are not the same: " + one[at] + " and " + other[at] + " at index " + at
                    + "; expected one of them, or both equal");
        }
    }

    private List<String> unused() {
        Set<String> used = new HashSet<>(masks.keySet());
        sources.values().forEach(source -> used.add(source.stored()));
        if (tied != null) {
            used.addAll(List.of(tied.one(), tied.other()));
        }
        List<String> unused = file.names().stream()
                .filter(name -> !used.contains(name))
                .filter(name -> withoutEffect.stream()
                        .noneMatch(pattern -> pattern.matcher(name).matches()))
                .toList();
        return unused.isEmpty()
                ? List.of()
                : List.of((unused.size() == 1 ? "The tensor " : "The tensors ") + named(unused)
                        + " of model.safetensors " + (unused.size() == 1 ? "is" : "are")
                        + " not used: by its configuration the model has no such tensor.");
    }

    private static String named(List<String> names) {
        String all =
                names.stream().limit(MOST_NAMED).map(name -> "“" + name + "”").collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? all : all + " and " + (names.size() - MOST_NAMED) + " more";
    }
}
