package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** The first stops of the Tab key, which lead over the header to the content, and to the tabs of a page that has some. */
@Tag("headlight-skip-links")
@JsModule("./skip-links/skip-links.ts")
public class SkipLinks extends Component {}
