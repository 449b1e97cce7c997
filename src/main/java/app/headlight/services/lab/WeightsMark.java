package app.headlight.services.lab;

import app.headlight.engine.formats.WeightsHash;
import app.headlight.services.models.OpenModel;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A short mark of the weights that a picture was made of, for addresses: the first eight hexadecimal digits of
 * {@link WeightsHash}, which the cards of trained models have whole. Those of a step stay when the training goes on.
 */
@Component
public class WeightsMark {

    private static final int DIGITS = 8;

    private final Laboratory lab;

    WeightsMark(Laboratory lab) {
        this.lab = lab;
    }

    /** The mark of a model's weights, at its step. */
    public String of(OpenModel model) {
        return lab.get(Measurement.kept(
                model.ref(),
                "mark of the weights",
                new Measurement.Text<>(mark -> mark, mark -> mark),
                () -> WeightsHash.of(model.config(), model.transformer().weights())
                        .substring(0, DIGITS)));
    }

    /**
     * The notice when a model's weights are not those that an address was made with.
     *
     * @param asked their mark; empty: any
     */
    public Optional<String> trouble(OpenModel model, String asked) {
        return asked.isEmpty() || asked.equals(of(model))
                ? Optional.empty()
                : Optional.of("The weights of " + model.name() + " are not those that this address was made with ("
                        + asked + "): they were replaced, or trained on. What is shown is of the present ones ("
                        + of(model) + ").");
    }
}
