package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.FMatrixRMaj;

/**
 * A reader of the residual stream ({@code docs/maths.md}, "Edges and circuits"): the queries, keys or values of one
 * head, the MLP of a layer, or the logits.
 *
 * @param layer that reads; the number of layers is not known to the logits, which have −1
 * @param head −1 for an MLP and the logits
 */
public record StreamReader(Kind kind, int layer, int head) {

    /** The kinds of readers. */
    public enum Kind {
        Q,
        K,
        V,
        MLP,
        LOGITS;

        /** Whether each head has one. */
        public boolean isOfHead() {
            return this != MLP && this != LOGITS;
        }
    }

    public static final StreamReader LOGITS = new StreamReader(Kind.LOGITS, -1, -1);

    private static final Pattern OF_HEAD = Pattern.compile("(L\\d{1,4}H\\d{1,4})\\.([qkv])");
    private static final Pattern OF_MLP = Pattern.compile("MLP(\\d{1,4})");

    /** The queries, keys or values of a head. */
    public static StreamReader of(HeadId head, Kind kind) {
        return new StreamReader(kind, head.layer(), head.head());
    }

    /** Every reader of a model, in the order of a forward pass. */
    public static List<StreamReader> all(Config config) {
        List<StreamReader> readers = new ArrayList<>();
        for (int l = 0; l < config.nLayers(); l++) {
            for (int h = 0; h < config.nHeads(); h++) {
                for (Kind kind : List.of(Kind.Q, Kind.K, Kind.V)) {
                    readers.add(new StreamReader(kind, l, h));
                }
            }
            if (config.mlp() != null) {
                readers.add(new StreamReader(Kind.MLP, l, -1));
            }
        }
        readers.add(LOGITS);
        return List.copyOf(readers);
    }

    /** @throws Refusal if it is not a head's q, k or v, such as L1H0.k, nor an MLP, such as MLP0, nor logits */
    public static StreamReader parse(String name) {
        Matcher head = OF_HEAD.matcher(name);
        Matcher mlp = OF_MLP.matcher(name);
        if (name.equals("logits")) {
            return LOGITS;
        }
        if (mlp.matches()) {
            return new StreamReader(Kind.MLP, Integer.parseInt(mlp.group(1)), -1);
        }
        if (!head.matches()) {
            throw new Refusal(
                    "“" + name + "” reads nothing; expected a head's q, k or v, such as L1H0.k, an MLP, such as"
                            + " MLP0, or logits");
        }
        return of(HeadId.parse(head.group(1)), Kind.valueOf(head.group(2).toUpperCase(Locale.ROOT)));
    }

    /** Whether a model of this configuration has this reader. */
    public boolean isIn(Config config) {
        return switch (kind) {
            case LOGITS -> true;
            case MLP -> config.mlp() != null && layer < config.nLayers();
            default -> layer < config.nLayers() && head < config.nHeads();
        };
    }

    /** The writers that it reads, in the order of a forward pass: the embedding (with its positions), heads and MLPs. */
    public List<StreamWriter> writers(Config config) {
        int layers = kind == Kind.LOGITS ? config.nLayers() : layer;
        List<StreamWriter> writers = new ArrayList<>(StreamWriter.before(layers, config));
        writers.remove(StreamWriter.POSITIONS);
        writers.remove(StreamWriter.BIAS);
        for (int h = 0; kind == Kind.MLP && !config.parallel() && h < config.nHeads(); h++) {
            writers.add(StreamWriter.of(new HeadId(layer, h)));
        }
        return List.copyOf(writers);
    }

    /**
     * The head or MLP that reads here, as a writer.
     *
     * @throws IllegalStateException of the logits, which write nothing
     */
    public StreamWriter writes() {
        return switch (kind) {
            case LOGITS -> throw new IllegalStateException("the logits write nothing to the stream");
            case MLP -> StreamWriter.ofMlp(layer);
            default -> StreamWriter.of(new HeadId(layer, head));
        };
    }

    /** The stream that it reads in a run, before its norm, [T, D]; a copy. */
    FMatrixRMaj stream(Run run) {
        Matrix stream = switch (kind) {
            case LOGITS -> run.residual(run.config().nLayers());
            case MLP -> run.residualMid(layer);
            default -> run.residual(layer);
        };
        return stream.copy();
    }

    /** Where what it reads can be edited: a head's queries, keys or values, an MLP's input, the last stream. */
    public Site site(Config config) {
        return switch (kind) {
            case Q -> new Site(Site.Kind.Q, layer, head);
            case K -> new Site(Site.Kind.K, layer, head);
            case V -> new Site(Site.Kind.V, layer, head);
            case MLP -> Site.of(Site.Kind.MLP_IN, layer);
            case LOGITS ->
                config.nLayers() == 0 ? Site.of(Site.Kind.EMBED) : Site.of(Site.Kind.RESID_POST, config.nLayers() - 1);
        };
    }

    /** @throws Refusal if nothing reads the stream at the site */
    static StreamReader at(Site site, Config config) {
        return all(config).stream()
                .filter(reader -> reader.site(config).equals(site))
                .findFirst()
                .orElseThrow(
                        () -> new Refusal("the part of one writer can be taken where the stream is read: at q, k and v"
                                + " of a head, at mlp_in, and at the resid_post of the last layer, which the logits read; “site” is "
                                + site));
    }

    /** {@code L1H0.k}, {@code MLP0} or {@code logits}. */
    @Override
    public String toString() {
        return switch (kind) {
            case LOGITS -> "logits";
            case MLP -> "MLP" + layer;
            default -> "L" + layer + "H" + head + "." + kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
