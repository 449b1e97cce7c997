package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Copies the address of the view; all of it happens in the browser. */
@Tag("headlight-share-button")
@JsModule("./share-button/share-button.ts")
public class ShareButton extends Component {}
