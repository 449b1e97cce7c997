package app.headlight.web.component;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A web component that is given everything it draws in one property, {@code data}.
 *
 * <p>The data is sent once and not kept on the server, since patterns are large and sessions many. When the component
 * is detached, the browser drops the element and the data with it: if the component is attached again, its data has to
 * be shown again. Where a message to the browser was lost, Flow itself attaches the whole page again; nobody shows
 * anything then, and the page is reloaded, since its address says all that is on it.
 *
 * @param <D> a record whose fields are those of the element's data
 */
@NpmPackage(value = "culori", version = "4.0.2")
@NpmPackage(value = "@types/culori", version = "4.0.1", dev = true)
public abstract class LitComponent<D> extends Component implements HasSize, HasStyle {

    private static final Logger LOG = LoggerFactory.getLogger(LitComponent.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATA = "data";

    /** The keys of the data that the element in the browser has, by property. */
    private final transient Map<String, Object> sent = new HashMap<>();

    private boolean awaited;

    /** Draws the data. */
    public void show(D data) {
        send(DATA, new Unique(), () -> data);
    }

    /**
     * Draws the data that a key stands for, unless that is what is drawn already.
     *
     * @param key everything that the data depends on; compared by {@code equals}
     */
    public void show(Object key, Supplier<D> data) {
        send(DATA, key, data);
    }

    /**
     * Offers, in the menu of the picture, a program that computes what is drawn.
     *
     * @param text in Python; null: none is offered
     */
    public void setPython(@Nullable String text) {
        String program = text == null ? "" : text;
        // Its digest is kept, since the texts of a page are long and sessions many.
        send("python", UUID.nameUUIDFromBytes(program.getBytes(StandardCharsets.UTF_8)), () -> program);
    }

    /** Gives the element a property that is not kept here, unless it has what the key stands for already. */
    final void send(String property, Object key, Supplier<?> value) {
        if (!key.equals(sent.get(property))) {
            getElement().executeJs("this[$0] = $1", property, json(value.get()));
            sent.put(property, key);
        }
    }

    /** Removes what has been sent. */
    final void unsend(String property) {
        if (sent.remove(property) != null) {
            getElement().executeJs("this[$0] = undefined", property);
        }
    }

    /**
     * Says that the browser sets a property before it fires an event. What it has set is then known here too; otherwise
     * setting what stood there before it would send nothing, and the browser would keep what it has set itself.
     */
    final void browserSets(String property, String event) {
        getElement().addPropertyChangeListener(property, event, change -> {});
    }

    static JsonNode json(@Nullable Object plain) {
        return JSON.valueToTree(plain);
    }

    /** Puts a control into the picture's heading, where the element has a slot for controls. */
    public void addControl(Component control) {
        control.getElement().setAttribute("slot", "controls");
        getElement().appendChild(control.getElement());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        awaited |= sent.containsKey(DATA);
        sent.clear();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        if (awaited) {
            event.getUI().beforeClientResponse(this, context -> {
                if (!sent.containsKey(DATA) && isSeen()) {
                    LOG.warn(
                            "{} is attached again, but nothing shows it again; its page is reloaded",
                            getClass().getName());
                    event.getUI().getPage().reload();
                }
                awaited = false;
            });
        }
    }

    /** Whether neither this nor anything around it is hidden. */
    private boolean isSeen() {
        Component at = this;
        while (at.isVisible() && at.getParent().isPresent()) {
            at = at.getParent().get();
        }
        return at.isVisible();
    }

    /** A key that is equal only to itself. */
    private static final class Unique implements Serializable {}
}
