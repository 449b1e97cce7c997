package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills in a {@link Config}. What is not said is the simplest: attention only, standard positions, no norm, as many keys
 * as heads, scores divided by √K, no cap, no window, no beginning-of-sequence token.
 */
public final class ConfigBuilder {

    private int nLayers;
    private int dModel;
    private int nHeads;
    private int nKeyValueHeads; // 0: as many as heads
    private int dHead;
    private int dVocab;
    private int nCtx;
    private @Nullable Mlp mlp;
    private boolean parallel;
    private Norm norm = Norm.NONE;
    private boolean finalRms;
    private double eps = 1e-5;
    private Positions positions = Positions.STANDARD;
    private @Nullable Rotary rotary;
    private @Nullable Double attnScale;
    private boolean scaleByInverseLayer;
    private double scoresSoftCap;
    private double logitsSoftCap;
    private int window;
    private List<Integer> windowLayers = List.of();
    private boolean prependBos;
    private @Nullable Integer bosToken;

    ConfigBuilder() {}

    ConfigBuilder(Config from) {
        sizes(from.nLayers(), from.dModel(), from.nHeads(), from.dHead(), from.dVocab(), from.nCtx());
        nKeyValueHeads = from.nKeyValueHeads();
        mlp = from.mlp();
        parallel = from.parallel();
        norm = from.norm();
        finalRms = from.finalRms();
        eps = from.eps();
        positions = from.positions();
        rotary = from.rotary();
        attnScale = from.attnScale();
        scaleByInverseLayer = from.scaleByInverseLayer();
        scoresSoftCap = from.scoresSoftCap();
        logitsSoftCap = from.logitsSoftCap();
        window = from.window();
        windowLayers = from.windowLayers();
        prependBos = from.prependBos();
        bosToken = from.bosToken();
    }

    /** The sizes that every model has. */
    public ConfigBuilder sizes(int nLayers, int dModel, int nHeads, int dHead, int dVocab, int nCtx) {
        this.nLayers = nLayers;
        this.dModel = dModel;
        this.nHeads = nHeads;
        this.dHead = dHead;
        this.dVocab = dVocab;
        this.nCtx = nCtx;
        return this;
    }

    public ConfigBuilder nKeyValueHeads(int value) {
        nKeyValueHeads = value;
        return this;
    }

    public ConfigBuilder mlp(@Nullable Mlp value) {
        mlp = value;
        return this;
    }

    public ConfigBuilder parallel(boolean value) {
        parallel = value;
        return this;
    }

    public ConfigBuilder norm(Norm value) {
        norm = value;
        return this;
    }

    public ConfigBuilder finalRms(boolean value) {
        finalRms = value;
        return this;
    }

    public ConfigBuilder eps(double value) {
        eps = value;
        return this;
    }

    /** Positions that are not rotary. */
    public ConfigBuilder positions(Positions value) {
        positions = value;
        rotary = null;
        return this;
    }

    /** Rotary positions. */
    public ConfigBuilder rotary(Rotary value) {
        positions = Positions.ROTARY;
        rotary = value;
        return this;
    }

    public ConfigBuilder attnScale(double value) {
        attnScale = value;
        return this;
    }

    public ConfigBuilder scaleByInverseLayer(boolean value) {
        scaleByInverseLayer = value;
        return this;
    }

    public ConfigBuilder scoresSoftCap(double value) {
        scoresSoftCap = value;
        return this;
    }

    public ConfigBuilder logitsSoftCap(double value) {
        logitsSoftCap = value;
        return this;
    }

    /** @param layers that have the window, in order; if there are none, there is no window */
    public ConfigBuilder window(int size, List<Integer> layers) {
        window = layers.isEmpty() ? 0 : size;
        windowLayers = layers;
        return this;
    }

    public ConfigBuilder prependBos(boolean value) {
        prependBos = value;
        return this;
    }

    public ConfigBuilder bosToken(@Nullable Integer value) {
        bosToken = value;
        return this;
    }

    /** @throws Refusal naming the field that is out of its bounds */
    public Config build() {
        return new Config(
                nLayers,
                dModel,
                nHeads,
                nKeyValueHeads == 0 ? nHeads : nKeyValueHeads,
                dHead,
                dVocab,
                nCtx,
                mlp,
                parallel,
                norm,
                finalRms,
                eps,
                positions,
                rotary,
                attnScale == null ? Math.sqrt(Math.max(1, dHead)) : attnScale,
                scaleByInverseLayer,
                scoresSoftCap,
                logitsSoftCap,
                window,
                windowLayers,
                prependBos,
                bosToken);
    }
}
