package app.headlight.services.edits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Edit;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Edits that fit a model and a sentence.
 *
 * @param edits what is done; an edit of all heads of a layer is one of each here
 * @param asked as they were asked for, with TransformerLens's names of the sites
 */
public record EditList(List<Edit> edits, List<AskedEdit> asked) {

    /** None. */
    public static final EditList NONE = new EditList(List.of(), List.of());

    public EditList {
        edits = List.copyOf(edits);
        asked = List.copyOf(asked);
    }

    public boolean isEmpty() {
        return asked.isEmpty();
    }

    /**
     * Reads edits, checked against the model and the sentence.
     *
     * @throws Refusal naming by its number an edit that cannot be made, or that changes the same entry as another
     */
    public static EditList of(Laboratory lab, OpenModel model, int[] tokens, List<AskedEdit> asked) {
        return of(lab, model, tokens, asked, (number, why) -> {
            throw new Refusal("edits[" + number + "]: " + why);
        });
    }

    /** Those that can be made; the others are left out, and told by their number with the reason. */
    public static EditList of(
            Laboratory lab, OpenModel model, int[] tokens, List<AskedEdit> asked, BiConsumer<Integer, String> refused) {
        List<Edit> edits = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>(); // of what was asked for, for each edit
        List<AskedEdit> named = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            try {
                List<Edit> read = new EditReading(lab, model, tokens, asked.get(i)).edits();
                checkApart(read, edits, numbers);
                for (Edit edit : read) {
                    edits.add(edit);
                    numbers.add(i);
                }
                named.add(asked.get(i).named(read.getFirst().site().hook()));
            } catch (Refusal wrong) {
                refused.accept(i, wrong.getMessage());
            }
        }
        return new EditList(edits, named);
    }

    private static void checkApart(List<Edit> read, List<Edit> earlier, List<Integer> numbers) {
        for (Edit edit : read) {
            for (int e = 0; e < earlier.size(); e++) {
                if (earlier.get(e).overlaps(edit)) {
                    throw new Refusal("it changes what edits[" + numbers.get(e) + "] changes, " + edit.site());
                }
            }
        }
    }
}
