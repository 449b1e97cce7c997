package app.headlight.services.lessons.language;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step of a lesson shows: a model on a sentence, and what is selected there.
 *
 * @param edits what is edited in the run
 * @param head that is shown; null: none
 * @param destination that is selected; negative: none
 * @param source likewise
 * @param others models by their names that are measured on the same sentence
 */
public record Scene(
        OpenModel model,
        Prompt prompt,
        List<AskedEdit> edits,
        @Nullable HeadId head,
        int destination,
        int source,
        Map<String, OpenModel> others) {

    public Scene {
        edits = List.copyOf(edits);
        others = Map.copyOf(others);
    }

    /** A model on a sentence, with the last token as the destination. */
    public static Scene of(OpenModel model, String sentence, Map<String, OpenModel> others) {
        Prompt prompt = model.prompt(sentence);
        return new Scene(model, prompt, List.of(), null, prompt.tokens().length - 1, -1, others);
    }

    /** With what a view selects. */
    public Scene selecting(List<AskedEdit> asked, @Nullable HeadId shown, int to, int from) {
        return new Scene(model, prompt, asked, shown, to < 0 ? destination : to, from, others);
    }

    int[] tokens() {
        return prompt.tokens();
    }

    /** {@code ·Mary}. */
    public String label(int place) {
        return prompt.pieces().get(place).marked();
    }

    Scene at(int other) {
        return new Scene(model, prompt, edits, head, other, source, others);
    }

    Scene plain() {
        return new Scene(model, prompt, List.of(), head, destination, source, others);
    }

    Scene with(AskedEdit edit) {
        List<AskedEdit> more = new ArrayList<>(edits);
        more.removeIf(other -> other.where().equals(edit.where()));
        more.add(edit);
        return new Scene(model, prompt, more, head, destination, source, others);
    }

    /**
     * The same sentence and the same places on another model; its heads are others.
     *
     * @throws Refusal if there is no such model, or it makes other tokens of the sentence
     */
    Scene on(String name) {
        OpenModel other = others.get(name);
        if (other == null) {
            throw new Refusal("no model “" + name + "” is stored here");
        }
        Prompt again = other.prompt(prompt.text());
        if (again.tokens().length != tokens().length) {
            throw new Refusal(name + " makes " + again.tokens().length + " tokens of the sentence, and " + model.name()
                    + " " + tokens().length);
        }
        return new Scene(other, again, List.of(), null, destination, source, others);
    }
}
