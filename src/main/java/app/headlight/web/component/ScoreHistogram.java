package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;

/** The histogram of a score over all heads of a model, with one block for each head. */
@Tag("headlight-score-histogram")
@JsModule("./echart/score-histogram.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class ScoreHistogram extends LitComponent<ScoreHistogram.Scores> {

    /** The content of the picture: one score of every head. */
    public record Scores(String name, String title, List<Score> heads) {}

    /**
     * The score of one head.
     *
     * @param value in [-1, 1] as a rule; the axis widens for others
     */
    public record Score(String head, double value) {}

    public ScoreHistogram() {
        browserSets("selected", "head-select");
    }

    /** Marks a head's block; empty: none. */
    public void select(String head) {
        getElement().setProperty("selected", head);
    }

    public Registration addHeadSelectListener(ComponentEventListener<HeadNameSelectEvent> listener) {
        return addListener(HeadNameSelectEvent.class, listener);
    }
}
