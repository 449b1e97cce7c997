package app.headlight.engine.residual;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Run;
import java.util.Arrays;

/**
 * By how much a run differs from another run of the same tokens, such as one without its edits ({@code docs/maths.md},
 * "Interventions").
 *
 * @param loss the loss less that of the other run, in nats, at positions 0 to T−2, [T−1]
 * @param kl KL(other ‖ this) of what the two predict after each position, in nats, [T]
 */
public record RunChange(double[] loss, double[] kl) {

    /** @throws Refusal if the runs are of other tokens */
    public static RunChange of(Run before, Run after) {
        if (!Arrays.equals(before.tokens(), after.tokens())) {
            throw new Refusal("the runs are of " + before.length() + " and " + after.length()
                    + " tokens; expected the same tokens in both");
        }
        double[] lossBefore = before.loss();
        double[] loss = after.loss().clone();
        Arrays.setAll(loss, t -> loss[t] - lossBefore[t]);
        double[] kl = new double[after.length()];
        Arrays.setAll(kl, t -> {
            Prediction unedited = Prediction.at(before, t);
            return Prediction.at(after, t).divergence(unedited, unedited.probabilities());
        });
        return new RunChange(loss, kl);
    }
}
