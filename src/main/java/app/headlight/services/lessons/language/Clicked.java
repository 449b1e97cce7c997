package app.headlight.services.lessons.language;

import app.headlight.engine.transformer.HeadId;
import org.jspecify.annotations.Nullable;

/**
 * What somebody clicked to answer a question.
 *
 * @param head null if it is no head
 * @param place of the token in the sentence; negative if it is none
 */
public record Clicked(@Nullable HeadId head, int place) {

    /** Nothing. */
    public static final Clicked NOTHING = new Clicked(null, -1);

    public static Clicked head(HeadId head) {
        return new Clicked(head, -1);
    }

    public static Clicked place(int place) {
        return new Clicked(null, place);
    }
}
