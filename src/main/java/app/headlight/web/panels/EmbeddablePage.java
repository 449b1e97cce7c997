package app.headlight.web.panels;

import com.vaadin.flow.component.Component;
import java.util.Map;
import java.util.function.Consumer;

/** A page whose panels can be embedded in other pages. */
public interface EmbeddablePage {

    /** The page's path. */
    String path();

    /**
     * An embedded view of it.
     *
     * @param address told where the page itself shows what is shown there, whenever that changes
     */
    Embedded embedded(Consumer<String> address);

    /** A view that stands in another page; what is picked in it stays inside. */
    interface Embedded {

        /** What stands on that page. */
        Component component();

        /** @param parameters of the address; what does not fit the model is replaced, and said */
        void show(Map<String, String> parameters);
    }
}
