package app.headlight.web.component;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;

/** Eigenvalues in the complex plane, the radius on a logarithmic scale. */
@Tag("headlight-eigenvalues")
@JsModule("./echart/eigenvalues.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class Eigenvalues extends LitComponent<Eigenvalues.Plane> {

    /**
     * The eigenvalues of one circuit with their score.
     *
     * @param values real and imaginary parts
     * @param score what the eigenvalues amount to, in [-1, 1]
     */
    public record Plane(String name, String title, List<double[]> values, String scoreName, double score) {}

    /** What the positive real axis stands for. */
    public void setHint(String hint) {
        getElement().setProperty("hint", hint);
    }
}
