package app.headlight.web.component;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of numbers, sorted in the browser. */
@Tag("headlight-figure-table")
@JsModule("./figure-table/figure-table.ts")
public class FigureTable extends LitComponent<FigureTable.Figures> {

    /**
     * The content of the table.
     *
     * @param hint shown below the table; empty: nothing
     * @param empty shown in place of rows if there are none
     */
    public record Figures(String name, List<Column> columns, List<Row> rows, String hint, String empty) {}

    /** How a column's cells are written. */
    public enum Kind {
        /** Words. */
        TEXT,
        /** Tokens, in the font of tokens. */
        TOKENS,
        /** A figure. */
        FIGURE,
        /** A figure with its sign. */
        SIGNED,
        /** A share in per cent. */
        SHARE
    }

    /**
     * A column of the table.
     *
     * @param title what the column is, in full; empty: the label says it
     */
    public record Column(String label, Kind kind, String title) {}

    /**
     * A row of the table.
     *
     * @param id the value of the event when the row is selected
     * @param cells one for each column: a text, or a number; NaN: none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String id, List<Object> cells, @Nullable String note) {}

    /** Marks a row; empty: none. */
    public void select(String id) {
        getElement().setProperty("selected", id);
    }

    public Registration addRowSelectListener(ComponentEventListener<RowSelectEvent> listener) {
        return addListener(RowSelectEvent.class, listener);
    }

    /** A row was selected. */
    @DomEvent("row-select")
    public static class RowSelectEvent extends ComponentEvent<FigureTable> {
        private final String id;

        public RowSelectEvent(FigureTable source, boolean fromClient, @EventData("event.detail.id") String id) {
            super(source, fromClient);
            this.id = id;
        }

        public String id() {
            return id;
        }
    }
}
