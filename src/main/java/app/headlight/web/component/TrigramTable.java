package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;

/** The table of the skip-trigrams of a head, "source … destination → output", searched and sorted in the browser. */
@Tag("headlight-trigram-table")
@JsModule("./trigram-table/trigram-table.ts")
public class TrigramTable extends LitComponent<TrigramTable.Trigrams> {

    /**
     * The content of the table.
     *
     * @param hint shown below the table; empty: nothing
     */
    public record Trigrams(String name, List<Row> rows, String hint) {}

    /**
     * One skip-trigram.
     *
     * @param qk how strongly the destination attends to the source
     * @param ov how much the source raises the output
     * @param bug whether it is a skip-trigram bug
     */
    public record Row(Token source, Token destination, Token output, double qk, double ov, boolean bug) {}

    /** A token by its id and label. */
    public record Token(int id, String label) {}

    public Registration addRoleSelectListener(ComponentEventListener<RoleSelectEvent> listener) {
        return addListener(RoleSelectEvent.class, listener);
    }

    /** A token of a row was selected. */
    @DomEvent("token-select")
    public static class RoleSelectEvent extends ComponentEvent<TrigramTable> {
        private final int token;
        private final String role;

        public RoleSelectEvent(
                TrigramTable source,
                boolean fromClient,
                @EventData("event.detail.token") int token,
                @EventData("event.detail.role") String role) {
            super(source, fromClient);
            this.token = token;
            this.role = role;
        }

        /** The token's id. */
        public int token() {
            return token;
        }

        /** {@code source}, {@code destination} or {@code output}. */
        public String role() {
            return role;
        }
    }
}
