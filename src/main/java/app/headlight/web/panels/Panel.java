package app.headlight.web.panels;

import com.vaadin.flow.component.Component;

/**
 * A part of a page, which draws its part of what has been computed. It is a component, unless it names another one.
 *
 * @param <V> what has been computed
 */
@FunctionalInterface
public interface Panel<V> {

    /** Draws it. */
    void show(V computed);

    /** What stands on the page. */
    default Component component() {
        return (Component) this;
    }
}
