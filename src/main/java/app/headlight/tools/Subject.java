package app.headlight.tools;

import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Transformer;

/**
 * What a model is trained on by command.
 *
 * @param recipe with the vocabulary that the subject really has
 * @param tokenizer the file {@code tokenizer.json} of the model
 * @param card makes the model's card when it is trained
 */
record Subject(Recipe recipe, Examples examples, String tokenizer, CardMaker card) {

    /** Makes the card of a trained model, {@code card.md}. */
    @FunctionalInterface
    interface CardMaker {

        String card(TrainingLog log, Transformer model);
    }
}
