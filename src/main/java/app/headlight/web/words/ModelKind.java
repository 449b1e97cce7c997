package app.headlight.web.words;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import java.util.ArrayList;
import java.util.List;

/** What is particular to a kind of model, in words for the pages. */
public final class ModelKind {

    private ModelKind() {}

    /** What the scores of a layer are divided by, {@code √16}. */
    public static String divisor(Config config, int layer) {
        String own =
                config.attnScale() == Math.sqrt(config.dHead()) ? "√" + config.dHead() : number(config.attnScale());
        boolean byLayer = config.scaleByInverseLayer() && layer > 0;
        return byLayer ? "(" + own + "·" + (layer + 1) + ")" : own;
    }

    /** How the scores of a layer are made of queries and keys, {@code q·k/√d}. */
    public static String score(Config config, int layer) {
        String divisor = divisor(config, layer);
        return "q·k/" + (divisor.equals("√" + config.dHead()) ? "√d" : divisor)
                + (cap(config).isEmpty() ? "" : " (capped at " + cap(config) + ")");
    }

    /** What scores are capped at; empty if they are not. */
    public static String cap(Config config) {
        return config.scoresSoftCap() == 0 ? "" : number(config.scoresSoftCap());
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : Figures.fixed(value, 3).replaceFirst("0+$", "");
    }

    /** What circuits of weights alone leave out in this model; empty if nothing. */
    public static String leftOutOfCircuits(Config config) {
        List<String> left = new ArrayList<>();
        if (config.norm().isWeighted()) {
            left.add("the weights of its norms");
        }
        if (config.norm() != Norm.NONE) {
            left.add("the scales of its norms, which depend on the text");
        }
        if (config.mlp() != null) {
            left.add("its MLPs, which change what later heads and the logits read");
        }
        if (config.positions() == Positions.ROTARY) {
            left.add("its rotary positions: queries and keys are compared as at distance 0, where no other is chosen");
        }
        if (config.scoresSoftCap() != 0 || config.logitsSoftCap() != 0) {
            left.add("its soft caps");
        }
        return left.isEmpty() ? "" : "Circuits of weights leave out of this model: " + String.join("; ", left) + ".";
    }
}
