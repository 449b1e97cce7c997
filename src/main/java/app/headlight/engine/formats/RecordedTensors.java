package app.headlight.engine.formats;

import app.headlight.engine.formats.TensorEntry.Dtype;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;

/** Reads and checks the tensors of a recorded run, one by one. T tokens, H heads, D the stream's width, K a head's. */
final class RecordedTensors {

    /** The kinds of site that are read. */
    static final Set<Kind> READ = EnumSet.of(
            Kind.PATTERN,
            Kind.SCORES,
            Kind.V,
            Kind.Z,
            Kind.RESULT,
            Kind.RESID_PRE,
            Kind.RESID_MID,
            Kind.RESID_POST,
            Kind.ATTN_OUT,
            Kind.MLP_OUT);

    /** The most heads of all layers together. */
    private static final int MOST_HEADS = 10_000;

    private final Safetensors file;
    private final RecordedWords words;
    private final int length;
    private final int layers;
    private final int heads;
    private final Map<Site, Matrix> squares = new HashMap<>();
    private final Map<Site, Vector> norms = new HashMap<>();

    /** @throws Refusal if a layer has no pattern, or one of another number of heads than the first */
    RecordedTensors(Safetensors file, RecordedWords words, List<Site> sites) {
        this.file = file;
        this.words = words;
        this.length = words.tokens().size();
        if (sites.stream().noneMatch(site -> site.kind() == Kind.PATTERN)) {
            throw new Refusal("The file has no pattern; expected blocks.0.attn.hook_pattern, [heads, " + length + ", "
                    + length + "], and so on for each layer");
        }
        this.layers = 1 + sites.stream().mapToInt(Site::layer).max().orElseThrow();
        for (int layer = 0; layer < layers; layer++) {
            if (!sites.contains(Site.of(Kind.PATTERN, layer))) {
                throw new Refusal("There is no " + Site.of(Kind.PATTERN, layer).hook() + ", and the last layer is "
                        + (layers - 1) + "; give the pattern of each layer from 0 on");
            }
        }
        this.heads = (int) shape(Site.of(Kind.PATTERN, 0), 3)[0];
        if (heads == 0 || (long) heads * layers > MOST_HEADS) {
            throw new Refusal("There are " + layers + " layers of " + heads + " heads; expected 1 to " + MOST_HEADS
                    + " heads in all");
        }
    }

    int layers() {
        return layers;
    }

    int heads() {
        return heads;
    }

    /** The shape of a tensor, without a first size of 1 that is of a batch. */
    private long[] shape(Site site, int sizes) {
        TensorEntry entry = entry(site);
        long[] shape = entry.shape();
        if (shape.length == sizes + 1) {
            if (shape[0] != 1) {
                throw new Refusal(site.hook() + " is " + entry.shapeText() + ", a batch of " + shape[0]
                        + " sentences; a run is one sentence: give each by itself, as cache[name][:1] does");
            }
            return Arrays.copyOfRange(shape, 1, shape.length);
        }
        if (shape.length != sizes) {
            throw new Refusal(
                    site.hook() + " is " + entry.shapeText() + "; expected " + sizes + " sizes, or 1 in front of them");
        }
        return shape;
    }

    private TensorEntry entry(Site site) {
        TensorEntry entry = file.entry(site.hook());
        if (entry == null) {
            throw new IllegalArgumentException(site + " is not in the file");
        }
        return entry;
    }

    /** @throws Refusal if its shape or one of its numbers is wrong */
    void read(Site site) throws IOException {
        switch (site.kind()) {
            case PATTERN, SCORES -> readSquares(site);
            case V, Z, RESULT -> readOfHeads(site);
            default -> readStream(site);
        }
    }

    /** [H, T destinations, T sources]. */
    private void readSquares(Site site) throws IOException {
        long[] shape = shape(site, 3);
        if (shape[0] != heads && shape[1] == length && shape[2] == length) {
            throw new Refusal(site.hook() + " is of " + shape[0] + " heads, and "
                    + Site.of(Kind.PATTERN, 0).hook() + " of " + heads
                    + "; only models with as many heads in each layer are shown");
        }
        require(site, shape, heads, length, length);
        float[] all = file.anyFloats(site.hook());
        for (int head = 0; head < heads; head++) {
            FMatrixRMaj square = new FMatrixRMaj(length, length);
            System.arraycopy(all, head * square.data.length, square.data, 0, square.data.length);
            if (site.kind() == Kind.PATTERN) {
                checkPattern(site, head, square);
            } else {
                checkScores(site, head, square);
            }
            squares.put(Site.of(site.kind(), new HeadId(site.layer(), head)), Matrix.of(square));
        }
    }

    private void checkPattern(Site site, int head, FMatrixRMaj pattern) {
        double tolerance = tolerance(entry(site).dtype());
        for (int t = 0; t < length; t++) {
            double sum = 0;
            for (int s = 0; s < length; s++) {
                float weight = pattern.get(t, s);
                if (!(weight >= 0) || weight == Float.POSITIVE_INFINITY) {
                    throw wrong(site, head, t, s, weight, "a weight in [0, 1]");
                }
                if (Boolean.TRUE.equals(words.causal()) && s > t && weight > 0) {
                    throw wrong(site, head, t, s, weight, "0 after the destination: the file says that it is causal");
                }
                sum += weight;
            }
            if (Math.abs(sum - 1) > tolerance) {
                throw new Refusal(site.hook() + ": the row of head " + head + ", destination " + t + " sums to "
                        + (float) sum + "; expected 1");
            }
        }
    }

    /** How far from 1 a sum of numbers of a kind may be: a few of their last digits. */
    private static double tolerance(Dtype dtype) {
        return switch (dtype) {
            case F16 -> 3e-3;
            case BF16 -> 2e-2;
            default -> 1e-4;
        };
    }

    private void checkScores(Site site, int head, FMatrixRMaj scores) {
        for (int i = 0; i < scores.data.length; i++) {
            float score = scores.data[i];
            if (Float.isNaN(score) || score == Float.POSITIVE_INFINITY) {
                throw wrong(site, head, i / length, i % length, score, "a number, or −∞ where a source is not seen");
            }
        }
    }

    private static Refusal wrong(Site site, int head, int destination, int source, float value, String right) {
        return new Refusal(site.hook() + " is " + value + " at head " + head + ", destination " + destination
                + ", source " + source + "; expected " + right);
    }

    /** [T, H, K or D]; of values that several heads share, [T, groups, K]. */
    private void readOfHeads(Site site) throws IOException {
        long[] shape = shape(site, 3);
        long given = shape[1];
        boolean shared = site.kind() == Kind.V && given > 0 && heads % given == 0;
        if (shape[0] != length || (given != heads && !shared)) {
            throw new Refusal(site.hook() + " is " + entry(site).shapeText() + "; expected [" + length + ", " + heads
                    + ", …]: tokens, heads, and the width of their vectors");
        }
        double[][] sizes = norms(site, (int) given);
        for (int head = 0; head < heads; head++) {
            norms.put(
                    Site.of(site.kind(), new HeadId(site.layer(), head)),
                    rounded(sizes[(int) (head / (heads / given))]));
        }
    }

    /** [T, D]. */
    private void readStream(Site site) throws IOException {
        long[] shape = shape(site, 2);
        if (shape[0] != length) {
            throw new Refusal(site.hook() + " is " + entry(site).shapeText() + "; expected [" + length
                    + ", …]: tokens, and the width of the stream");
        }
        norms.put(site, rounded(norms(site, 1)[0]));
    }

    /** The lengths of the vectors of a tensor [T, parts, width], by part and position. */
    private double[][] norms(Site site, int parts) throws IOException {
        float[] all = file.anyFloats(site.hook());
        int width = all.length / length / parts;
        double[][] norms = new double[parts][length];
        for (int t = 0; t < length; t++) {
            for (int part = 0; part < parts; part++) {
                double sum = 0;
                for (int i = 0; i < width; i++) {
                    float value = all[(t * parts + part) * width + i];
                    if (!Float.isFinite(value)) {
                        throw new Refusal(site.hook() + " is " + value + " at token " + t
                                + (parts > 1 ? ", head " + part : "") + ", place " + i
                                + "; expected a finite number");
                    }
                    sum += (double) value * value;
                }
                norms[part][t] = Math.sqrt(sum);
            }
        }
        return norms;
    }

    private static Vector rounded(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return Vector.of(out);
    }

    private void require(Site site, long[] shape, long... right) {
        if (!Arrays.equals(shape, right)) {
            throw new Refusal(site.hook() + " is " + entry(site).shapeText() + "; expected " + Arrays.toString(right)
                    + ": heads, tokens, tokens, for the " + length + " tokens of the file");
        }
    }

    RecordedRun run() {
        return new RecordedRun(words.tokens(), words.ids(), layers, heads, squares, norms);
    }
}
