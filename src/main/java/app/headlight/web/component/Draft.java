package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in a form and keeps what is typed there in the browser's tab until it is saved: where the page loses its server,
 * the form has it again when it is opened anew.
 */
@Tag("headlight-draft")
@JsModule("./draft/form-draft.ts")
public class Draft extends Component {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String name;

    /** @param name of what is written: a draft is found again by the same name */
    public Draft(String name) {
        this.name = name;
        getElement().setProperty("name", name);
    }

    /** The field is kept under that name. */
    public static void keep(Component field, String name) {
        field.getElement().setAttribute("data-draft", name);
    }

    /** It has been saved, or given up. */
    public void forget() {
        getElement().callJsFunction("forget");
        // The form may be taken away in the same answer, with this element in it.
        UI.getCurrent().getPage().executeJs("sessionStorage.removeItem($0)", "headlight-draft " + name);
    }

    public Registration addDraftFoundListener(ComponentEventListener<DraftFoundEvent> listener) {
        return addListener(DraftFoundEvent.class, listener);
    }

    /** Something typed earlier was not saved. */
    @DomEvent("draft-found")
    public static class DraftFoundEvent extends ComponentEvent<Draft> {
        private final String typed;

        public DraftFoundEvent(Draft source, boolean fromClient, @EventData("event.detail.typed") String typed) {
            super(source, fromClient);
            this.typed = typed;
        }

        /** What was typed, by the fields' names; empty where it cannot be read. */
        public Map<String, String> typed() {
            Map<String, String> values = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, JsonNode> field : JSON.readTree(typed).properties()) {
                    values.put(field.getKey(), field.getValue().asString(""));
                }
            } catch (JacksonException unreadable) {
                return Map.of();
            }
            return values;
        }
    }
}
