package app.headlight.web.component;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of heads: one row for each head, one column for each score, sorted in the browser. */
@Tag("headlight-head-table")
@JsModule("./head-table/head-table.ts")
public class HeadTable extends LitComponent<HeadTable.Scores> {

    /** The content of the table. */
    public record Scores(String name, List<Column> columns, List<Row> rows) {}

    /**
     * A score that has a column.
     *
     * @param signed whether it can be below zero, and is coloured about zero
     */
    public record Column(String label, boolean signed) {}

    /**
     * The scores of one head.
     *
     * @param head such as "L1H2"
     * @param values one for each column; NaN if the head has no such score
     * @param badge what the head is known for; null: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String head, double[] values, @Nullable String badge) {}

    public HeadTable() {
        browserSets("selected", "head-select");
    }

    /** Marks a head's row; empty: none. */
    public void select(String head) {
        getElement().setProperty("selected", head);
    }

    /** Where the pages of the heads are: what stands before a head's name in their addresses. */
    public void setPages(String before) {
        getElement().setProperty("pages", before);
    }

    /** What people say of the heads, beside their names. */
    public void setFindings(List<FindingBadge> badges) {
        getElement().setPropertyList("findings", badges);
    }

    public Registration addHeadSelectListener(ComponentEventListener<HeadNameSelectEvent> listener) {
        return addListener(HeadNameSelectEvent.class, listener);
    }
}
