package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;

/** What a visitor may ask for, so that nobody can exhaust the machine. */
public final class TrainingLimits {

    public static final int LAYERS = 4;
    public static final int D_MODEL = 256;
    public static final int HEADS = 16;
    public static final int NEURONS = 2048;
    public static final int CONTEXT = 256;
    public static final int VOCABULARY = 4096;
    public static final int TOKENS_PER_STEP = 8192;
    public static final long TOKENS = 60_000_000;
    public static final int TEXT_BYTES = 20 << 20;
    public static final int WAITING = 8;
    public static final int KEPT = 30;
    public static final int NAME = 60;

    private TrainingLimits() {}

    /** @throws Refusal in words for people, naming the first limit that is passed */
    static void check(Recipe recipe) {
        most("layers", recipe.layers(), LAYERS);
        most("d_model", recipe.dModel(), D_MODEL);
        most("heads", recipe.heads(), HEADS);
        most("heads × d_head", (long) recipe.heads() * recipe.dHead(), D_MODEL);
        most("neurons of each MLP", recipe.mlp() == null ? 0 : recipe.mlp().dMlp(), NEURONS);
        most("the context", recipe.context(), CONTEXT);
        most("the vocabulary", recipe.vocabulary(), VOCABULARY);
        most("tokens a step", recipe.tokensPerStep(), TOKENS_PER_STEP);
        most("tokens in all", recipe.tokens(), TOKENS);
    }

    static void checkText(Task task, int bytes) {
        if (task == Task.TEXT && bytes == 0) {
            throw new Refusal("There is no text to train on: paste one, or choose a file.");
        }
        if (bytes > TEXT_BYTES) {
            throw new Refusal(
                    String.format("The text has %,d bytes; %,d at most are trained on here.", bytes, TEXT_BYTES));
        }
    }

    static void checkName(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0," + (NAME - 1) + "}")) {
            throw new Refusal("“" + name + "” cannot be a model's name; expected up to " + NAME
                    + " small letters, digits and hyphens.");
        }
    }

    private static void most(String what, long value, long most) {
        if (value > most) {
            throw new Refusal(
                    String.format("%s: %,d is more than the %,d that may be trained here.", what, value, most));
        }
    }
}
