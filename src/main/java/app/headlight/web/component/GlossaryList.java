package app.headlight.web.component;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Every term of the field with what it means and its lesson; the sentences stand in {@code frontend/term/glossary.json}. */
@Tag("headlight-glossary")
@JsModule("./glossary/glossary-list.ts")
public class GlossaryList extends HtmlComponent {}
