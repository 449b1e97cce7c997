package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A web component that is given everything it draws in one property, {@code data}.
 *
 * <p>The data is sent once and not kept on the server, since patterns are large and sessions many.
 *
 * @param <D> a record whose fields are those of the element's data
 */
public abstract class LitComponent<D> extends Component implements HasSize, HasStyle {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private @Nullable Object shown;

    /** Draws the data. */
    public void show(D data) {
        shown = null;
        getElement().executeJs("this.data = $0", json(data));
    }

    static JsonNode json(Object plain) {
        return JSON.valueToTree(plain);
    }

    /** Puts a control into the picture's heading, where the element has a slot for controls. */
    public void addControl(Component control) {
        control.getElement().setAttribute("slot", "controls");
        getElement().appendChild(control.getElement());
    }

    /**
     * Draws the data that a key stands for, unless that is what is drawn already.
     *
     * @param key everything that the data depends on; compared by {@code equals}
     */
    public void show(Object key, Supplier<D> data) {
        if (!Objects.equals(shown, key)) {
            show(data.get());
            shown = key;
        }
    }
}
