package app.headlight.services.lessons;

import app.headlight.services.lessons.StepMeasuring.Selected;
import java.util.List;
import java.util.Map;

/**
 * A step with everything measured.
 *
 * @param markdown the text
 * @param figures what was measured for it, in order
 * @param view the parameters of the live view's address; empty where there is none
 * @param look what to look at in the view
 * @param asked the words of the question; empty where there is none
 * @param options the answers to choose from
 * @param isAnswerable whether there is a right answer on this model
 * @param failing what the text takes for granted, as the lesson writes it, and does not hold on this model
 * @param named of what it takes for granted the bounds of single measures, with the heads of this model
 * @param selected what the view selects
 */
public record ShownStep(
        String markdown,
        List<Figure> figures,
        Map<String, String> view,
        String look,
        String asked,
        List<String> options,
        boolean isAnswerable,
        List<String> failing,
        List<String> named,
        Selected selected) {

    /**
     * Something that was measured.
     *
     * @param shown as it stands in the text
     * @param measured what was measured, as the lesson writes it
     */
    public record Figure(String shown, String measured, String model) {}

    public ShownStep {
        figures = List.copyOf(figures);
        view = Map.copyOf(view);
        options = List.copyOf(options);
        failing = List.copyOf(failing);
        named = List.copyOf(named);
    }
}
