package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Dark or light; all of it happens in the browser. */
@Tag("headlight-theme-toggle")
@JsModule("./theme-toggle/theme-toggle.ts")
public class ThemeToggle extends Component {}
