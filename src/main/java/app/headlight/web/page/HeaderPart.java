package app.headlight.web.page;

import com.vaadin.flow.component.Component;

/** A control at the right of the header of every page. The beans of this type stand there, by their {@code @Order}. */
public interface HeaderPart {

    /** The control, for a header that is being made. */
    Component control();
}
