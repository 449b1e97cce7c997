package app.headlight.web.component;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The histogram of a score over all heads of a model, with one block for each head; or of a value over sentences. */
@Tag("headlight-score-histogram")
@JsModule("./echart/score-histogram.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class ScoreHistogram extends LitComponent<ScoreHistogram.Scores> {

    /**
     * The content of the picture: one score of every head, or a value of whatever else has one.
     *
     * @param of what has a value, on an axis that fits; null: heads with a score
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scores(
            String name,
            String title,
            List<Score> heads,
            @Nullable Of of) {

        /** One score of every head. */
        public Scores(String name, String title, List<Score> heads) {
            this(name, title, heads, null);
        }
    }

    /**
     * What has a value.
     *     * @param figure what the value is
     * @param scale diverging (signed) or sequential (magnitudes)
     * @param empty shown in place of a picture of nothing
     */
    public record Of(String one, String many, String figure, String scale, String empty) {}

    /**
     * The score of one head, or the value of what has another name.
     *
     * @param value of a head in [-1, 1] as a rule; the axis widens for others
     * @param words what stands beside the name; null: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Score(String head, double value, @Nullable String words) {

        /** The score of one head. */
        public Score(String head, double value) {
            this(head, value, null);
        }
    }

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
