package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** The button for the dark or light theme, which works in the browser only. */
@Tag("headlight-theme-toggle")
@JsModule("./theme-toggle/theme-toggle.ts")
public class ThemeToggle extends Component {}
