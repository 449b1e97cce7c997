package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;

/** The picture of every token's path through the layers, projected on two axes. */
@Tag("headlight-residual-paths")
@JsModule("./echart/residual-paths.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class ResidualPaths extends LitComponent<ResidualPaths.Paths> {

    /**
     * The path of every token through the layers, on two axes.
     *
     * @param layers the number of points on a path, minus one
     * @param x float32 in base64, [layers + 1, T] row after row
     * @param stages the name of each point on a path
     */
    public record Paths(
            String name,
            String xLabel,
            String yLabel,
            int layers,
            List<TokenLabel> tokens,
            String x,
            String y,
            List<String> stages) {}

    public void select(int destination) {
        getElement().setProperty("destination", destination);
    }

    public Registration addTokenSelectListener(ComponentEventListener<TokenSelectEvent> listener) {
        return addListener(TokenSelectEvent.class, listener);
    }
}
