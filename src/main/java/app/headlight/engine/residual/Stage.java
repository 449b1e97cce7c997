package app.headlight.engine.residual;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * A point on the way through a model at which the residual stream can be read.
 *
 * @param layer after which, or in the middle of which; −1 for the embedding
 * @param middle between the heads and the MLP of a layer, which TransformerLens calls {@code resid_mid}
 */
public record Stage(int layer, boolean middle) {

    public static final Stage EMBEDDING = new Stage(-1, false);

    /** Before the first layer and after each, L + 1 in all. */
    public static List<Stage> layers(Config config) {
        return all(config, false);
    }

    /** The same with the middle of each layer where an MLP reads what the heads wrote. */
    public static List<Stage> parts(Config config) {
        return all(config, config.mlp() != null && !config.parallel());
    }

    private static List<Stage> all(Config config, boolean withMiddles) {
        List<Stage> stages = new ArrayList<>();
        stages.add(EMBEDDING);
        for (int layer = 0; layer < config.nLayers(); layer++) {
            if (withMiddles) {
                stages.add(new Stage(layer, true));
            }
            stages.add(new Stage(layer, false));
        }
        return List.copyOf(stages);
    }

    /** The stream of a run there, [T, D]. */
    Matrix stream(Run run) {
        return middle ? run.residualMid(layer) : run.residual(layer + 1);
    }

    /** {@code embedding}, {@code L0 heads} or {@code after L0}. */
    public String name() {
        if (layer < 0) {
            return "embedding";
        }
        return middle ? "L" + layer + " heads" : "after L" + layer;
    }
}
