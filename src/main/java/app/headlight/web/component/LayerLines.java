package app.headlight.web.component;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;

/** A picture of a quantity over the positions of the sentence, one line for each layer. */
@Tag("headlight-layer-lines")
@JsModule("./echart/layer-lines.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class LayerLines extends LitComponent<LayerLines.Lines> {

    /** The content of the picture: lines over the positions of a sentence. */
    public record Lines(String name, String title, String unit, List<Series> series, List<TokenLabel> tokens) {}

    /**
     * One line.
     *
     * @param values float32 in base64, [T]
     */
    public record Series(String label, String values) {}
}
