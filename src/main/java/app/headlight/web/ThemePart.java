package app.headlight.web;

import app.headlight.web.component.ThemeToggle;
import app.headlight.web.page.HeaderPart;
import com.vaadin.flow.component.Component;
import org.springframework.core.annotation.Order;

/** The button for dark and light colours. */
@Order(2)
@org.springframework.stereotype.Component
class ThemePart implements HeaderPart {

    @Override
    public Component control() {
        return new ThemeToggle();
    }
}
